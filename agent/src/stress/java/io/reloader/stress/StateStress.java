// SPDX-License-Identifier: Apache-2.0
package io.reloader.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.ReloaderState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** The added fields of one object without a slot: each reload's are there once, and seen as they were made. */
public final class StateStress {
    private static final int MADE = 42;

    private StateStress() {}

    /** The fields of one reload. */
    public static class First extends ReloaderState {
        int field = MADE;
    }

    /** Those of the next. */
    public static class Second extends ReloaderState {}

    @JCStressTest
    @Outcome(id = "42, 42, true", expect = ACCEPTABLE, desc = "both have the same, whole")
    @State
    public static class BothThreadsHaveTheSame {
        private final Object owner = new Object();
        private First one;
        private First other;

        @Actor
        public void one(IIZ_Result result) {
            one = (First) ReloaderState.add(owner, Object.class, new First());
            result.r1 = one.field;
        }

        @Actor
        public void other(IIZ_Result result) {
            other = (First) ReloaderState.add(owner, Object.class, new First());
            result.r2 = other.field;
        }

        @Arbiter
        public void same(IIZ_Result result) {
            result.r3 = one == other;
        }
    }

    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "neither has taken the other's place")
    @State
    public static class TwoReloadsFieldsAreBothKept {
        private final Object owner = new Object();
        private ReloaderState first;
        private ReloaderState second;

        @Actor
        public void first() {
            first = ReloaderState.add(owner, Object.class, new First());
        }

        @Actor
        public void second() {
            second = ReloaderState.add(owner, Object.class, new Second());
        }

        @Arbiter
        public void kept(ZZ_Result result) {
            result.r1 = ReloaderState.add(owner, Object.class, new First()) == first;
            result.r2 = ReloaderState.add(owner, Object.class, new Second()) == second;
        }
    }
}
