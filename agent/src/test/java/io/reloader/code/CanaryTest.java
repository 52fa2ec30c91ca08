// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reloader.control.Failure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;
import java.util.concurrent.ReloaderLinkageHooks;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final String ME = CanaryTest.class.getName();

    private final AtomicInteger woken = new AtomicInteger();
    private final Canary canary = new Canary(woken::incrementAndGet);
    private final CanaryHook hook = new CanaryHook(canary);
    private final Versions versions = new Versions(true);

    @AfterEach
    void end() {
        hook.uninstall();
        versions.close();
    }

    @Test
    void anErrorThatAChangedClassMeetsIsAFailure() {
        canary.watch(new Watch(Set.of(ME)));
        canary.made(new NoClassDefFoundError("com/acme/Missing"));

        Failure failure = canary.failure().orElseThrow();
        assertThat(failure.error()).isEqualTo("java.lang.NoClassDefFoundError: com/acme/Missing");
        assertThat(failure.place()).startsWith(ME + ".anErrorThatAChangedClassMeetsIsAFailure(");
        assertThat(failure.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(failure.stack()).hasSizeGreaterThan(5);
        canary.made(new NoClassDefFoundError("com/acme/Other"));
        assertThat(canary.failure()).contains(failure);
        assertThat(woken).hasValue(1);
    }

    @Test
    void theCauseOfAFailedInitialiserIsNamed() {
        canary.watch(new Watch(Set.of(ME)));
        canary.made(new ExceptionInInitializerError(new IllegalStateException("no rates")));
        assertThat(canary.failure().orElseThrow().error())
                .startsWith(
                        "java.lang.ExceptionInInitializerError (java.lang.IllegalStateException: no rates at " + ME);
    }

    @Test
    void anErrorBeforeTheReloadDoesNotCountAfterIt() {
        canary.made(new NoClassDefFoundError("com/acme/Missing"));
        canary.watch(new Watch(Set.of(ME)));
        canary.made(new NoClassDefFoundError("com/acme/Missing"));
        assertThat(canary.failure()).isEmpty();
        canary.made(new NoSuchMethodError("com/acme/Missing"));
        assertThat(canary.failure()).isPresent();
    }

    @Test
    void anErrorThatTheOldCodeMeetsTooDoesNotCount() throws Exception {
        canary.watch(new Watch(Set.of(ME)));
        versions.hold();
        versions.open();
        canary.made(new NoClassDefFoundError("com/acme/Missing"));
        onANewThread(new NoClassDefFoundError("com/acme/Missing"));
        assertThat(canary.failure()).isEmpty();
        onANewThread(new NoClassDefFoundError("com/acme/Other"));
        assertThat(canary.failure()).isPresent();
    }

    @Test
    void whatALibraryProbesForDoesNotCount() {
        canary.watch(new Watch(Set.of("com.acme.Cart")));
        for (int i = 0; i < 10; i++) {
            canary.made(new NoClassDefFoundError("org/optional/Missing" + i));
            canary.made(new NoClassDefFoundError("org/optional/Missing"));
        }
        assertThat(canary.failure()).isEmpty();
    }

    @Test
    void whatTheJdkAsksItselfWhileItLinksDoesNotCount() {
        canary.watch(new Watch(Set.of(ME)));
        assertThatThrownBy(() ->
                        MethodHandles.lookup().findStatic(CanaryTest.class, "none", MethodType.methodType(void.class)))
                .isInstanceOf(NoSuchMethodException.class)
                .cause()
                .isInstanceOfSatisfying(LinkageError.class, canary::made);
        assertThat(canary.failure()).isEmpty();
    }

    @Test
    void anErrorThatNamesAChangedClassCountsWhereverItIsMet() {
        for (String message : new String[] {
            "com/acme/Cart",
            "Could not initialize class com.acme.Cart",
            "'int com.acme.Cart.total(java.lang.String)'",
            "Receiver class com.acme.Cart does not define or inherit an implementation"
        }) {
            canary.watch(new Watch(Set.of("com.acme.Cart")));
            canary.made(new NoClassDefFoundError(message));
            assertThat(canary.failure()).as(message).isPresent();
        }
        canary.watch(new Watch(Set.of("com.acme.Cart")));
        canary.made(new NoClassDefFoundError("com/acme/Cartwheel"));
        assertThat(canary.failure()).isEmpty();
    }

    @Test
    void whatTheJvmSaysOfABrokenDeploymentIsNoFailureOfTheOneBefore() throws Exception {
        canary.watch(new Watch(Set.of("com.acme.Cart")));
        Thread takeUp = new Thread(() -> canary.made(new VerifyError("com/acme/Cart")), "reloader-code");
        takeUp.start();
        takeUp.join();
        assertThat(canary.failure()).isEmpty();
    }

    @Test
    void anErrorDeeperDownCountsWhenItComesAgain() {
        canary.watch(new Watch(Set.of(ME)));
        Deeper.meet(canary, "com/acme/Probed");
        Deeper.meet(canary, "com/acme/Missing");
        assertThat(canary.failure()).isEmpty();
        Deeper.meet(canary, "com/acme/Missing");
        assertThat(canary.failure().orElseThrow().place()).startsWith(ME + "$Deeper.meet(");
    }

    @Test
    void whatIsOnItsWayOutIsJudgedNoMoreAndNotHeldAgainstWhatComes() {
        canary.watch(Watch.muted());
        canary.made(new NoClassDefFoundError("com/acme/Missing"));
        assertThat(canary.failure()).isEmpty();
        canary.watch(new Watch(Set.of(ME)));
        canary.made(new NoClassDefFoundError("com/acme/Missing"));
        assertThat(canary.failure()).isPresent();
    }

    @Test
    void anErrorOfItsOwnDoesNotComeInAgainNorOut() {
        Canary[] itself = new Canary[1];
        itself[0] = new Canary(() -> {
            woken.incrementAndGet();
            itself[0].made(new NoClassDefFoundError("com/acme/Second"));
            throw new NoClassDefFoundError("com/acme/Third");
        });
        itself[0].watch(new Watch(Set.of(ME)));
        itself[0].made(new NoClassDefFoundError("com/acme/First"));
        assertThat(woken).hasValue(1);
        itself[0].watch(new Watch(Set.of(ME)));
        itself[0].made(new NoClassDefFoundError("com/acme/Fourth"));
        assertThat(woken).as("it can be entered again").hasValue(2);
    }

    @Test
    void theCodeOfAnErrorOfTheApplicationsOwnIsNotRun() {
        canary.watch(new Watch(Set.of(ME)));
        canary.made(new Own());
        assertThat(canary.failure()).isEmpty();
    }

    @Test
    void nothingIsSeenUnlessItIsHooked() {
        assertThat(ReloaderLinkageHooks.watching).isFalse();
        hook.install();
        assertThat(ReloaderLinkageHooks.watching).isTrue();
        canary.watch(new Watch(Set.of(ME)));
        ReloaderLinkageHooks.made(new NoClassDefFoundError("com/acme/Missing"));
        assertThat(canary.failure()).isPresent();
    }

    private void onANewThread(LinkageError error) throws InterruptedException {
        Thread thread = new Thread(() -> canary.made(error));
        thread.start();
        thread.join();
    }

    private static final class Deeper {
        private Deeper() {}

        static void meet(Canary canary, String message) {
            canary.made(new NoClassDefFoundError(message));
        }
    }

    private static final class Own extends LinkageError {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("it was asked");
        }
    }
}
