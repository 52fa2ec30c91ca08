// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** One class of a kind and the advice for its methods. A kind that needs several classes has a weaving for each. */
abstract class Weaving {
    private final String kind;
    private final Target target;

    /** @param kind what the operator knows it as */
    Weaving(String kind, Target target) {
        this.kind = kind;
        this.target = target;
    }

    /** As it is seen from outside. */
    Aim aim() {
        return new Aim(kind, target, loss());
    }

    /** In each place, exactly one method must be found. */
    abstract List<Site> sites();

    /** Whether this class needs none of it, and works all the same. */
    boolean spares(TypeDescription type) {
        return false;
    }

    /** What the operator misses when the class is not the known one. */
    String loss() {
        return "its workers are pinned";
    }

    static ElementMatcher<? super MethodDescription> method(String name, int arguments) {
        return ElementMatchers.named(name).and(ElementMatchers.takesArguments(arguments));
    }

    /** @param optional whether some versions do without that method */
    record Site(Class<?> advice, ElementMatcher<? super MethodDescription> where, boolean optional) {
        Site(Class<?> advice, ElementMatcher<? super MethodDescription> where) {
            this(advice, where, false);
        }
    }
}
