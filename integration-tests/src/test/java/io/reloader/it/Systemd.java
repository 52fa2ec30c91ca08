// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A real systemd of its own namespaces, with its own view of the files; it goes with this object, or with its JVM. */
final class Systemd implements AutoCloseable {
    private static final Path BOOT = Path.of("src/test/systemd/boot").toAbsolutePath();

    private final JvmProcess outside;
    private final String init;

    private Systemd(JvmProcess outside, String init) {
        this.outside = outside;
        this.init = init;
    }

    /** Why none can be started here; empty if one can. */
    static String obstacle() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return "not root";
        }
        if (!Files.isExecutable(Path.of("/lib/systemd/systemd"))) {
            return "no /lib/systemd/systemd";
        }
        JvmProcess probe = JvmProcess.run(List.of(
                "sh",
                "-c",
                "v2=$(findmnt -n -t cgroup2 -o TARGET | head -n 1); [ -n \"$v2\" ] || { echo no cgroup2; exit 1; };"
                        + " group=$v2$(sed -n 's/^0:://p' /proc/self/cgroup); [ -w \"$group/cgroup.procs\" ]"
                        + " || { echo cgroup2 cannot be written; exit 1; };"
                        + " unshare --mount --pid --fork --cgroup --uts --ipc --net --propagation private"
                        + " sh -c 'mount -t tmpfs t /mnt'"));
        return probe.exitCode() == 0 ? "" : String.join(" ", probe.lines());
    }

    /** @param visible a folder that is the same inside */
    static Systemd boot(Path visible) throws IOException {
        Path state = Files.createDirectories(visible.resolve("systemd"));
        JvmProcess outside = JvmProcess.start(List.of(
                BOOT.toString(),
                state.toString(),
                visible.toString(),
                Jdk.current().home().toString()));
        Systemd systemd = new Systemd(outside, outside.await("^init (\\d+)$").group(1));
        systemd.leaveItsGroup();
        Await.until(
                "systemd to be up",
                JvmProcess.PATIENCE,
                () -> systemd.in("systemctl", "is-system-running").lines().stream()
                        .anyMatch(line -> line.equals("running") || line.equals("degraded")),
                outside::log);
        return systemd;
    }

    /** A cgroup that holds processes beside systemd's own cannot hand its controllers down. */
    private void leaveItsGroup() throws IOException {
        String group = Files.readString(Path.of("/proc/self/cgroup"))
                .lines()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .orElseThrow()
                .substring(3);
        String mounted = JvmProcess.run(List.of("findmnt", "-n", "-t", "cgroup2", "-o", "TARGET"))
                .lines()
                .get(0);
        String unshare = Long.toString(ProcessHandle.of(Long.parseLong(init))
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid());
        Files.writeString(Path.of(mounted + group, "cgroup.procs"), unshare);
    }

    /** Runs a command inside, to its end. */
    JvmProcess in(String... command) {
        JvmProcess process = start(command);
        process.exitCode();
        return process;
    }

    /** Starts a command inside. */
    JvmProcess start(String... command) {
        List<String> all = new ArrayList<>(
                List.of("nsenter", "-t", init, "-m", "-u", "-i", "-n", "-p", "-C", "--root", "--wd", "--"));
        all.addAll(List.of(command));
        return JvmProcess.start(all);
    }

    /** Runs systemctl and holds it to success. */
    JvmProcess systemctl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("systemctl"));
        command.addAll(List.of(arguments));
        JvmProcess process = in(command.toArray(String[]::new));
        assertThat(process.exitCode())
                .as("%s\n%s", process.log(), status(arguments[arguments.length - 1]))
                .isZero();
        return process;
    }

    /** A property of a unit. */
    String property(String unit, String name) {
        return String.join(
                "\n", in("systemctl", "show", "-p", name, "--value", unit).lines());
    }

    void await(String unit, String property, String regex) {
        Await.until(
                property + " of " + unit + " to be " + regex,
                JvmProcess.PATIENCE,
                () -> property(unit, property).matches(regex),
                () -> property(unit, property) + "\n" + status(unit));
    }

    String status(String unit) {
        return in("systemctl", "status", "--no-pager", "--full", "--lines=50", unit)
                .log();
    }

    /** A file of the inside, as it is seen from outside. */
    Path file(String path) {
        return Path.of("/proc/" + init + "/root" + path);
    }

    void write(String path, String text) {
        try {
            Files.createDirectories(file(path).getParent());
            Files.writeString(file(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void copy(Path from, String path) throws IOException {
        Files.createDirectories(file(path).getParent());
        Path beside = file(path + ".new");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, file(path), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        outside.end();
        outside.exitCode();
        outside.close();
    }
}
