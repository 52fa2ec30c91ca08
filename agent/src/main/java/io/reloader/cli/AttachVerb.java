// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads the agent into a JVM that is already running. */
@Command(name = "attach", description = "Loads reloader into a running JVM.")
final class AttachVerb implements Callable<Integer> {
    /** Set by the agent in its JVM once it is armed. */
    private static final String MARKER = "io.reloader.agent";

    private final File jar;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli before call().
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The process.")
    private long pid;

    @Parameters(index = "1..*", paramLabel = "OPTION", description = "key=value, as reloader.jar options lists them.")
    private List<String> options = new ArrayList<>();

    AttachVerb(File jar) {
        this.jar = jar;
    }

    @Override
    public Integer call() throws Exception {
        String arguments =
                String.join(",", options.stream().map(AttachVerb::absolute).toList());
        try {
            // The same parser as the agent's, so that a wrong option is told here and never reaches the other JVM.
            new OptionParser(new Properties(), Map.of()).parse(arguments);
        } catch (OptionException e) {
            return fail(ExitCode.USAGE, e.getMessage());
        }
        Target target = Target.of(pid);
        if (target.fault() != null) {
            return fail(target.missing() ? ExitCode.NOT_RUNNING : ExitCode.FAILED, target.fault());
        }
        return attach(arguments);
    }

    private int attach(String arguments) throws Exception {
        try (Attachment attachment = Attachment.to(pid)) {
            String before = attachment.property(MARKER);
            if (before != null) {
                say("attach: process " + pid + " has reloader " + before + " already; nothing was changed");
                return ExitCode.DONE;
            }
            attachment.load(jar.getAbsolutePath(), arguments);
            String version = attachment.property(MARKER);
            if (version == null) {
                return fail(
                        ExitCode.FAILED,
                        "attach: the agent was loaded into process " + pid
                                + " but did not start; its standard error says why");
            }
            say("attach: process " + pid + " has reloader " + version);
            return ExitCode.DONE;
        } catch (AttachRefused e) {
            return fail(ExitCode.FAILED, "attach: process " + pid + " " + e.getMessage());
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println("reloader: - " + line);
    }

    private int fail(int code, String line) {
        spec.commandLine().getErr().println("reloader: ! " + line);
        return code;
    }

    /** The other JVM has another working directory. */
    private static String absolute(String option) {
        String key = "config=";
        return option.startsWith(key) && option.length() > key.length()
                ? key + Path.of(option.substring(key.length())).toAbsolutePath()
                : option;
    }
}
