// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

/** Where the agent tells its operator what it does, one line per call. Called from any thread; never throws. */
public interface Journal {

    /** A setting in force: {@code reloader: * ...}. */
    void setting(String line);

    /** Something that happened: {@code reloader: - ...}. */
    void event(String line);

    /** A detail of the event before it: {@code reloader: + ...}. */
    void detail(String line);

    /** Something that needs the operator; ends in the remedy: {@code reloader: ! ...}. */
    void trouble(String line);
}
