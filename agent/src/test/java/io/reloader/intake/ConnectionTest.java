// SPDX-License-Identifier: Apache-2.0
package io.reloader.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.os.TcpInfo;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final int ESTABLISHED = 1;

    @Test
    void aRequestWithoutAnAnswerIsAwaited() {
        assertThat(look(asked(3_000))).isEqualTo(Connection.Verdict.AWAIT);
    }

    @Test
    void aCallerWithItsAnswerIsGivenTimeToAskAgainAndIsThenEnded() {
        assertThat(look(answered(100))).isEqualTo(Connection.Verdict.AWAIT);
        assertThat(look(answered(900))).isEqualTo(Connection.Verdict.AWAIT);
        assertThat(look(answered(1_100))).isEqualTo(Connection.Verdict.END);
    }

    @Test
    void streamsWithoutAnAnswerHoldTheExitForALimitedTime() {
        Connection connection = new Connection(answered(2_000), 100);
        assertThat(connection.look(answered(2_000), false, () -> true, 10_000)).isEqualTo(Connection.Verdict.AWAIT);
        assertThat(connection.look(answered(2_000), false, () -> true, 10_100)).isEqualTo(Connection.Verdict.LEAVE);
    }

    @Test
    void aStreamAskedForInTheTickInWhichGoodbyeWasSaidIsAwaited() {
        TcpInfo unordered = info(2_000, 2_000, 5, 5);
        assertThat(new Connection(unordered, 0).look(unordered, false, () -> true, 0))
                .isEqualTo(Connection.Verdict.AWAIT);
    }

    @Test
    void aCallerWhoHasOnlyConnectedIsGivenTimeToAsk() {
        assertThat(look(info(300, 300, 0, 0))).isEqualTo(Connection.Verdict.AWAIT);
        assertThat(look(info(2_000, 2_000, 0, 0))).isEqualTo(Connection.Verdict.END);
    }

    @Test
    void whatCameAndWentWithinOneTickMayBeARequestWithoutAnAnswer() {
        assertThat(look(info(700, 700, 5, 5))).isEqualTo(Connection.Verdict.AWAIT);
        assertThat(look(info(3_000, 3_000, 5, 5))).isEqualTo(Connection.Verdict.LEAVE);
        assertThat(look(info(30_000, 30_000, 5, 5))).isEqualTo(Connection.Verdict.END);
    }

    @Test
    void whatWasNotReadYetIsAwaited() {
        Connection connection = new Connection(answered(600), 0);
        assertThat(connection.look(answered(600), true, () -> false, 0)).isEqualTo(Connection.Verdict.AWAIT);
    }

    @Test
    void anAnswerThatIsStillBeingTakenIsAwaited() {
        TcpInfo sending = new TcpInfo(ESTABLISHED, 3, 600, 2_000, 50, 10_000, 5, 5);
        assertThat(look(sending)).isEqualTo(Connection.Verdict.AWAIT);
    }

    @Test
    void messagesThatNobodyAnswersHoldTheExitForALimitedTimeAndAreNotEnded() {
        Connection connection = new Connection(asked(0), 0);
        for (int now = 0; now < 10_000; now += 100) {
            assertThat(connection.look(info(60_000, 0, 5 + now, 5), false, () -> false, now))
                    .isEqualTo(Connection.Verdict.AWAIT);
        }
        assertThat(connection.look(info(60_000, 0, 50_000, 5), false, () -> false, 10_000))
                .isEqualTo(Connection.Verdict.LEAVE);
    }

    @Test
    void answersWithoutEndHoldTheExitForALimitedTimeAndAreNotEnded() {
        Connection connection = new Connection(answered(0), 0);
        assertThat(connection.look(info(0, 60_000, 5, 6), false, () -> false, 5_000))
                .isEqualTo(Connection.Verdict.AWAIT);
        assertThat(connection.look(info(0, 60_000, 5, 900), false, () -> false, 10_000))
                .isEqualTo(Connection.Verdict.LEAVE);
    }

    @Test
    void aConnectionOfTheApplicationsOwnAsksUntilItsReplyHasCome() {
        assertThat(Connection.asks(answered(20_000)))
                .as("sent after it received")
                .isTrue();
        assertThat(Connection.asks(asked(20_000))).as("received after it sent").isFalse();
    }

    private static Connection.Verdict look(TcpInfo info) {
        return new Connection(info, 0).look(info, false, () -> false, 0);
    }

    /** So long ago, and answered to an earlier one before that. */
    private static TcpInfo asked(int millis) {
        return info(millis + 1_000, millis, 5, 4);
    }

    private static TcpInfo answered(int millis) {
        return info(millis, millis + 1_000, 5, 5);
    }

    private static TcpInfo info(int sent, int received, int in, int out) {
        return new TcpInfo(ESTABLISHED, 0, sent, received, Math.min(sent, received), 0, in, out);
    }
}
