// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What weaves, seen from outside of its {@link Workshop}. Used by any thread that loads or retransforms a class. */
public interface Weaver {

    List<Aim> aims();

    /**
     * Null if the class is to be left as it is; fails if it is not the known one.
     *
     * @param name with dots
     */
    byte @Nullable [] weave(Aim aim, @Nullable ClassLoader loader, String name, byte[] bytes);
}
