// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import io.reloader.control.Findings.Verdict;

/** What an error of the JVM means for the class that caused it, in words. */
final class Rejection {
    private Rejection() {}

    static String words(Throwable thrown) {
        if (thrown instanceof VerifyError) {
            return "does not pass the bytecode verifier" + detail(thrown) + "; build it against what is running here";
        }
        if (thrown instanceof UnsupportedOperationException) {
            return "changes its shape, or another agent's transformer changes it" + detail(thrown)
                    + "; a running JVM takes method bodies only; restart the process";
        }
        if (thrown instanceof UnsupportedClassVersionError) {
            return "has a class file version that this JVM does not accept" + detail(thrown)
                    + "; compile it with --release " + Runtime.version().feature();
        }
        if (thrown instanceof ClassFormatError || thrown instanceof ClassCircularityError) {
            return "is no class file that this JVM accepts" + detail(thrown) + "; build and deploy it again";
        }
        if (thrown instanceof NoClassDefFoundError) {
            return "needs a class that cannot be found" + detail(thrown) + "; deploy what it was compiled against";
        }
        if (thrown instanceof OutOfMemoryError) {
            return "needs more memory than there is" + detail(thrown) + "; give the JVM more, or restart the process";
        }
        return "cannot be redefined by this JVM (" + thrown
                + "), as when its static initialiser failed; restart the process";
    }

    static Verdict verdict(Throwable thrown) {
        return thrown instanceof LinkageError ? Verdict.BROKEN : Verdict.RESTART;
    }

    private static String detail(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "" : " (" + message.lines().findFirst().orElse("") + ")";
    }
}
