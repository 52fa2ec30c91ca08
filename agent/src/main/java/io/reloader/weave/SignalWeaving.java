// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;

/** The JDK's table of signal handlers. */
final class SignalWeaving extends Weaving {

    SignalWeaving() {
        super("jdk.internal.misc.Signal", Target.jdk("jdk/internal/misc/Signal"));
    }

    @Override
    List<Site> sites() {
        return List.of(new Site(SignalAdvice.Handle.class, method("handle", 2)));
    }

    @Override
    String loss() {
        return "a signal that the application takes over is not noticed";
    }
}
