// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.arguments.BadArgument;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void nothingAskedForMeansEightThreadsOnPort8080AndNoReceiptsFile() throws BadArgument {
        Options options = Options.parse(List.of());

        assertThat(options.port()).isEqualTo(8080);
        assertThat(options.httpThreads()).isEqualTo(8);
        assertThat(options.receipts()).isEmpty();
    }

    @Test
    void receiptsGoIntoAFileOfAFolderThatIsGiven(@TempDir Path folder) throws BadArgument {
        assertThat(Options.parse(List.of("--receipts", folder.toString())).receipts())
                .contains(folder.resolve("receipts.txt"));
        assertThat(Options.parse(List.of("--receipts", folder.resolve("mine").toString()))
                        .receipts())
                .contains(folder.resolve("mine"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --speed 9         | unknown option --speed (known: --port, --db, --http-threads, --receipts)
            --port            | --port needs a value
            --port x          | --port must be a number from 0 to 65535, not 'x'
            --port 65536      | --port must be a number from 0 to 65535, not '65536'
            --port 1 --port 2 | --port is given twice
            --http-threads 0  | --http-threads must be a number from 1 to 256, not '0'
            --db .            | --db must be a file, not the folder .
            """)
    void aBadOptionIsNamed(String args, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(args.split(" ", -1))))
                .isInstanceOf(BadArgument.class)
                .hasMessage(message);
    }
}
