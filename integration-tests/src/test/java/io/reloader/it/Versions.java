// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.nio.file.Path;

/** The classes of a program that are changed, version by version. */
interface Versions {

    void compile(Path out, int version);

    /** What the verdict of a reload says of the classes, as a regular expression. */
    String changed();

    /** What the version, as it was compiled here, tells of itself. */
    default int told(Path built, int version) {
        return version;
    }
}
