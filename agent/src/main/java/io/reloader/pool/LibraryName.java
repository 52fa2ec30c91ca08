// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * The name of a library's class, of copies relocated into another package, too.
 *
 * @param name as the library calls it
 */
record LibraryName(String name) {

    boolean fits(String binaryName) {
        int more = binaryName.length() - name.length();
        return more >= 0 && binaryName.endsWith(name) && (more == 0 || binaryName.charAt(more - 1) == '.');
    }

    /** Whether it is the name of this nested class of such a class. */
    boolean fitsNested(String binaryName, String nested) {
        int end = binaryName.length() - nested.length() - 1;
        return end > 0
                && binaryName.charAt(end) == '$'
                && binaryName.endsWith(nested)
                && fits(binaryName.substring(0, end));
    }
}
