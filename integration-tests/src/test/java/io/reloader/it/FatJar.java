// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/** An application in a jar with Spring Boot's loader, which is replaced as a whole for each new greeting. */
enum FatJar implements Program {
    BOOT3_CLASSES,
    BOOT3_LIBRARY,
    /** Its loader as it was before 3.2. */
    BOOT3_CLASSIC,
    BOOT4;

    private static final String LIBRARY = "BOOT-INF/lib/answers-0.1.0.jar";

    @Override
    public List<ServedPool> pools() {
        return server().pools();
    }

    @Override
    public boolean tellsItsSize() {
        return true;
    }

    @Override
    public Java command(Java java, Path classes) {
        Path jar = jar(classes);
        try {
            if (server() == Server.SPRINGBOOT3) {
                Files.copy(Server.jar("springboot3"), jar, StandardCopyOption.REPLACE_EXISTING);
            } else {
                assemble(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        deployed(classes);
        return java.with("-jar", jar.toString());
    }

    private Server server() {
        return this == BOOT3_CLASSIC || this == BOOT4 ? Server.JDKHTTP : Server.SPRINGBOOT3;
    }

    /** What Spring Boot's build plugins make, of an application that does without the rest of it. */
    private void assemble(Path jar) throws IOException {
        Path root = jar.resolveSibling("assembled");
        Path launchers = Server.libraries("launchers");
        String launcher = "launch.JarLauncher";
        if (this == BOOT4) {
            Jars.unpack(launchers.resolveSibling("spring-boot-loader.jar"), "/", root);
        } else {
            Path tools = jar.resolveSibling("tools");
            Jars.unpack(launchers.resolveSibling("spring-boot-loader-tools.jar"), "/META-INF/loader", tools);
            Jars.unpack(tools.resolve("META-INF/loader/spring-boot-loader-classic.jar"), "/", root);
            launcher = "JarLauncher";
        }
        Jars.unpack(Server.jar("jdkhttp"), "/com", root.resolve("BOOT-INF/classes"));
        Files.createDirectories(root.resolve("BOOT-INF/lib"));
        Files.copy(Server.jar("answers"), root.resolve(LIBRARY));
        Files.writeString(root.resolve("META-INF/MANIFEST.MF"), """
                Manifest-Version: 1.0
                Main-Class: org.springframework.boot.loader.%s
                Start-Class: com.example.jdkhttp.JdkHttpServer
                Spring-Boot-Classes: BOOT-INF/classes/
                Spring-Boot-Lib: BOOT-INF/lib/

                """.formatted(launcher));
        Jars.store(jar, root);
    }

    static Path jar(Path classes) {
        return classes.resolveSibling("app.jar");
    }

    @Override
    public void deployed(Path classes) {
        if (this == BOOT3_LIBRARY || this == BOOT4) {
            Jars.replaceWithin(jar(classes), LIBRARY, classes);
            return;
        }
        Path root = classes.resolveSibling("root");
        Sources.deploy(classes, root.resolve("BOOT-INF/classes"));
        Jars.replace(jar(classes), root);
    }

    @Override
    public Java client(Java java, int port) {
        return server().client(java, port);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
