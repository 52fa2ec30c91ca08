// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

/**
 * How a known thread is recognised, and what is read of the object that gave it away.
 *
 * @param type the name's end of the object's class or of a superclass
 * @param thread the object's field that holds the thread; empty if the object is the thread itself or its Runnable
 * @param group path to what threads of one pool have in common; empty if each is a pool of its own
 * @param executor path to what executes its server's requests; empty if there is none
 */
record ThreadShape(String type, String thread, String group, String executor) {

    static ThreadShape itself(String type) {
        return new ThreadShape(type, "", "", "");
    }

    static ThreadShape owner(String type, String thread) {
        return new ThreadShape(type, thread, "", "");
    }

    ThreadShape group(String path) {
        return new ThreadShape(type, thread, path, executor);
    }

    ThreadShape executor(String path) {
        return new ThreadShape(type, thread, group, path);
    }
}
