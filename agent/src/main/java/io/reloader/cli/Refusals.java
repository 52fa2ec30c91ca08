// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

/** What a JVM answers when it does not let an agent in, with the remedy. */
final class Refusals {
    private Refusals() {}

    static AttachRefused connect(Exception e) {
        return new AttachRefused(
                "does not answer (" + e.getMessage() + "); it may be stopped, run with -XX:+DisableAttachMechanism, or"
                        + " belong to another user",
                e);
    }

    static AttachRefused load(Exception e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Dynamic agent loading is not enabled")) {
            return new AttachRefused(
                    "runs with -XX:-EnableDynamicAgentLoading; start it with -javaagent:reloader.jar instead", e);
        }
        if (message.contains("Agent JAR not found") || message.contains("no Agent-Class")) {
            return new AttachRefused(
                    "cannot read the agent's jar; put reloader.jar where the process's user can read it, and run that",
                    e);
        }
        return new AttachRefused("did not load the agent (" + message + "); its standard error says why", e);
    }
}
