// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import java.util.function.Predicate;

/** Shows what each live thread runs, and what is within reach of that, nearest first, until one is taken. Any thread. */
public interface Search {
    void search(Predicate<Object> taken);
}
