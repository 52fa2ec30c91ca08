// SPDX-License-Identifier: Apache-2.0
package io.reloader.os;

/** The processors native code is shipped for. */
public enum Architecture {
    X86_64("x86_64"),
    AARCH64("aarch64"),
    OTHER("");

    private final String jffiName;

    Architecture(String jffiName) {
        this.jffiName = jffiName;
    }

    public static Architecture current() {
        return "Linux".equals(System.getProperty("os.name")) ? named(System.getProperty("os.arch", "")) : OTHER;
    }

    static Architecture named(String name) {
        if (name.equals("amd64") || name.equals("x86_64")) {
            return X86_64;
        }
        return name.equals("aarch64") ? AARCH64 : OTHER;
    }

    /** Where the jffi library of this processor is in our own jar. */
    String libraryResource() {
        return "jni/" + jffiName + "-Linux/libjffi-1.2.so";
    }
}
