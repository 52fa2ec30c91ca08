// SPDX-License-Identifier: Apache-2.0
package io.reloader.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reloader.door.Request.Verb;
import io.reloader.door.Request.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

    @Test
    void aLineIsAVerbAndItsWordsInAnyOrderAndWithAnySpaces() {
        Request request = Request.parse("  reload   progress\ttasks \r");
        assertThat(request.verb()).isEqualTo(Verb.RELOAD);
        assertThat(request.words()).containsExactlyInAnyOrder(Word.TASKS, Word.PROGRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "relaod, \"relaod\" is no command; a line begins with one of status",
        "'', \"\" is no command",
        "STATUS, \"STATUS\" is no command",
        "status tasks, \"tasks\" means nothing to status; it takes json",
        "help me, it stands alone",
        "reload all all, say it once",
        "reload workers all, exclude each other",
    })
    void whatIsNoCommandIsNamedWithTheRemedy(String line, String said) {
        assertThatThrownBy(() -> Request.parse(line)).hasMessageContaining(said);
    }

    @Test
    void whatIsLongIsNotRepeatedWhole() {
        assertThatThrownBy(() -> Request.parse("x".repeat(4000))).message().hasSizeLessThan(300);
    }
}
