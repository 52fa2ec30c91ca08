// SPDX-License-Identifier: Apache-2.0
package io.reloader.weave;

import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** The JDK's linkage errors: each constructor of theirs ends in one of these. */
final class LinkageWeaving extends Weaving {

    LinkageWeaving() {
        super("java.lang.LinkageError", Target.jdk("java/lang/LinkageError"));
    }

    @Override
    List<Site> sites() {
        return List.of(
                new Site(LinkageAdvice.Made.class, constructor(0)),
                new Site(LinkageAdvice.Made.class, constructor(1)),
                new Site(LinkageAdvice.Made.class, constructor(2)));
    }

    private static ElementMatcher<? super MethodDescription> constructor(int arguments) {
        return ElementMatchers.isConstructor().and(ElementMatchers.takesArguments(arguments));
    }

    @Override
    String loss() {
        return "a reload whose new code does not link is not rolled back by itself";
    }
}
