// SPDX-License-Identifier: Apache-2.0
package io.reloader.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ReloaderVersions.Turn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * The flag that a method with two bodies reads on a thread that keeps on running. Whoever turns the thread is told so
 * only if it runs the new code from there on, and one that has begun with the old code is not turned under its feet.
 */
public final class TurnStress {
    /** Not public: asked by the application's methods through {@code ReloaderVersions.old()}. */
    private static final MethodHandle OLD = handle();

    private TurnStress() {}

    private static MethodHandle handle() {
        try {
            return MethodHandles.privateLookupIn(Turn.class, MethodHandles.lookup())
                    .findVirtual(Turn.class, "old", MethodType.methodType(boolean.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static boolean old(Turn turn) {
        try {
            return (boolean) OLD.invokeExact(turn);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "it began with the old code and was not turned")
    @Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "it was turned and began with the new code")
    @State
    public static class OneOfThemIsFirst {
        private final Turn turn = new Turn(true);

        @Actor
        public void begin(ZZZ_Result result) {
            result.r1 = old(turn);
        }

        @Actor
        public void turn(ZZZ_Result result) {
            result.r2 = turn.turn(0);
        }

        @Arbiter
        public void next(ZZZ_Result result) {
            result.r3 = old(turn);
        }
    }

    /** Two that turn it, as a reload's tick and its end may. */
    @JCStressTest
    @Outcome(id = "true, true, false", expect = ACCEPTABLE, desc = "turned once, and both know")
    @State
    public static class TurningTwiceIsTurningOnce {
        private final Turn turn = new Turn(true);

        @Actor
        public void one(ZZZ_Result result) {
            result.r1 = turn.turn(0);
        }

        @Actor
        public void other(ZZZ_Result result) {
            result.r2 = turn.turn(0);
        }

        @Arbiter
        public void next(ZZZ_Result result) {
            result.r3 = old(turn);
        }
    }
}
