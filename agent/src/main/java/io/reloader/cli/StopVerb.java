// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;

/** As SIGTERM does, with an answer; over once the process is. */
@Command(name = "stop", description = "Lets work in flight finish, then ends the process; exits once it has ended.")
final class StopVerb extends CommandingVerb {
    private static final long LOOK_NANOS = 20_000_000;

    @Override
    int run() throws Unfit {
        return command(pid(), "stop", Bars.NONE);
    }

    @Override
    int verdict(long pid, Ending ending) throws Unfit {
        if (!waits() || ending.code() == ExitCode.USAGE || ending.code() == ExitCode.FAILED) {
            return super.verdict(pid, ending);
        }
        awaitEnd(pid);
        if (ending.code() != ExitCode.DONE) {
            return fail(ending.code(), "process " + pid + " has ended with work in flight");
        }
        return super.verdict(pid, new Ending("done", "stop: process " + pid + " has ended"));
    }

    @Override
    int ended(long pid) throws Unfit {
        awaitEnd(pid);
        return fail(ExitCode.UNFINISHED, "process " + pid + " has ended, and did not say whether all work was done");
    }

    /** Its shutdown hooks may take their time. */
    private void awaitEnd(long pid) throws Unfit {
        Path proc = Path.of("/proc/" + pid);
        long begun = System.nanoTime();
        while (Files.isDirectory(proc) && !zombie(proc)) {
            if (System.nanoTime() - begun > timeout().toNanos()) {
                throw new Unfit(ExitCode.UNFINISHED, "process " + pid + " exits, and has not ended yet");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ended, and nobody has asked how. */
    private static boolean zombie(Path proc) {
        try {
            return Files.readString(proc.resolve("status"), StandardCharsets.ISO_8859_1)
                    .contains("\nState:\tZ");
        } catch (IOException e) {
            return true;
        }
    }
}
