// SPDX-License-Identifier: Apache-2.0
package io.reloader.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has classes taken up, or put back, on a thread of its own, which hands the result over through the inbox. */
final class Attempt {
    private final Inbox inbox;
    private final World world;

    /** Written before {@link Command#TAKEN_UP} is put; read by the control thread after it. */
    private volatile @Nullable TakeUp result;

    Attempt(Inbox inbox, World world) {
        this.inbox = inbox;
        this.world = world;
    }

    /** {@code fresh}: whether it is the first of this reload. */
    void begin(int number, Command command, boolean fresh) {
        result = null;
        world.events().phase(fresh ? Phase.PREPARE : Phase.SCAN);
        world.threads().execute(() -> run(number, command, fresh));
    }

    private void run(int number, Command command, boolean fresh) {
        try {
            if (fresh) {
                world.events().preparing(number, command);
            }
            result = command == Command.ROLL_BACK
                    ? world.code().rollBack()
                    : world.code().takeUp();
        } catch (RuntimeException | Error e) {
            result = new TakeUp.Refused(List.of("taking up classes failed: " + e + "; please report it"));
        }
        inbox.put(Command.TAKEN_UP);
    }

    /** Null until it has come. */
    @Nullable
    TakeUp result() {
        return result;
    }
}
