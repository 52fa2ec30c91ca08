// SPDX-License-Identifier: Apache-2.0
package io.reloader.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.it.app.AskApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.io.TempDir;

/** Class paths, class loaders of the application's and modules: what counts after a reload is what a restart would load. */
class CodePlacesIT {

    @EachJdk
    void aLibraryOfAnotherVersionIsTakenUpUnderItsNewName(Jdk jdk, @TempDir Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Asked.jar(lib.resolve("words-1.0.jar"), "one", "Word", "Later");
        Asked.jar(lib.resolve("other-1.0.jar"), "one", "Other");
        try (Asked app = Asked.withAgent(jdk, lib.resolve("*"))) {
            app.open("own", lib.resolve("words-1.0.jar"));
            app.answers("app", "Word", "one");
            app.answers("own", "Word", "one");
            app.answers("app", "Other", "one");

            Files.delete(lib.resolve("words-1.0.jar"));
            Asked.jar(lib.resolve("words-1.1.jar"), "two", "Word", "Later");
            app.reloads(1, "4 classes changed \\(2 body, 2 not loaded yet\\)");

            app.process.await(
                    "reloader: \\+ .*/lib/words-1\\.0\\.jar is gone; its classes come from words-1\\.1\\.jar beside it");
            app.answers("app", "Word", "two");
            app.answers("own", "Word", "two");
            app.answers("app", "Later", "two");

            Files.delete(lib.resolve("other-1.0.jar"));
            app.reloads(2, "0 classes changed");
            app.process.await(
                    "reloader: \\+ .*/lib/other-1\\.0\\.jar is gone; its loaded class stays as it is; deploy");
            app.answers("app", "Other", "one");
        }
    }

    @EachJdk
    void aResourceComesFromTheNewJarUnlessTheJvmHasReadOneOfTheOld(Jdk jdk, @TempDir Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Path read = lib.resolve("read.jar");
        Path unread = lib.resolve("unread.jar");
        Asked.jar(read, "one", "Word");
        Asked.jar(unread, "one", "Other");
        try (Asked app = Asked.withAgent(jdk, read)) {
            app.open("own", unread);
            app.answers("app", "Word", "one");
            app.answers("own", "Other", "one");
            app.reads("app", "word.txt", "one");

            Asked.jar(read, "two", "Word");
            Path built = Asked.words(folder.resolve("built"), "two", "Other");
            Files.writeString(built.resolve("new.txt"), "new");
            Jars.create(unread, built);
            app.reloads(1, "2 classes changed \\(2 body\\)");

            app.reads("app", "word.txt", "one");
            app.reads("own", "word.txt", "two");
            app.reads("own", "new.txt", "none");
        }
    }

    @EachJdk
    void ofTwoCopiesTheOneThatIsSearchedFirstCounts(Jdk jdk, @TempDir Path folder) throws IOException {
        Path patches = Files.createDirectories(folder.resolve("patches"));
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Asked.jar(lib.resolve("first.jar"), "one", "Word", "Later");
        Asked.jar(lib.resolve("second.jar"), "hidden", "Word", "Later", "Other");
        try (Asked app = Asked.withAgent(jdk, patches, lib.resolve("first.jar"), lib.resolve("second.jar"))) {
            app.answers("app", "Word", "one");
            app.answers("app", "Other", "hidden");

            Asked.jar(lib.resolve("second.jar"), "still hidden", "Word", "Later", "Other");
            app.reloads(1, "1 class changed \\(1 body\\)");
            app.answers("app", "Word", "one");
            app.answers("app", "Later", "one");

            Asked.words(patches, "patched", "Word");
            app.reloads(2, "1 class changed \\(1 body\\)");
            app.answers("app", "Word", "patched");
            app.answers("app", "Later", "one");
        }
    }

    @EachJdk
    void eachLoaderKeepsItsOwnVersionOfAClass(Jdk jdk, @TempDir Path folder) throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Asked.jar(lib.resolve("a.jar"), "a1", "Word");
        Asked.jar(lib.resolve("b.jar"), "b1", "Word");
        try (Asked app = Asked.withAgent(jdk)) {
            app.open("a", lib.resolve("a.jar"));
            app.open("b", lib.resolve("b.jar"));
            app.answers("a", "Word", "a1");
            app.answers("b", "Word", "b1");

            Asked.jar(lib.resolve("b.jar"), "b2", "Word");
            app.reloads(1, "1 class changed \\(1 body\\)");
            app.answers("a", "Word", "a1");
            app.answers("b", "Word", "b2");

            Asked.jar(lib.resolve("a.jar"), "a3", "Word");
            Asked.jar(lib.resolve("b.jar"), "b3", "Word");
            app.reloads(2, "2 classes changed \\(2 body\\)");
            app.answers("a", "Word", "a3");
            app.answers("b", "Word", "b3");
        }
    }

    @EachJdk
    void modulesInAJarAndInADirectoryAreTakenUp(Jdk jdk, @TempDir Path folder) throws IOException {
        Path mods = Files.createDirectories(folder.resolve("mods"));
        Jars.create(mods.resolve("packed.jar"), packed(folder.resolve("packed"), "one"));
        Path open = mods.resolve("open");
        openWord(open, "one");
        Sources.compile(open, "", "module open { exports com.acme.open; }");
        try (Asked app = Asked.onceArmed(Java.on(jdk)
                .agent(Served.OPTIONS)
                .with("-p", mods.toString(), "--add-modules", "packed,open")
                .classPath(Java.TEST_CLASSES)
                .main(AskApp.class))) {
            app.answers("app", "Word", "one");
            app.answers("app", "open.Word", "one");

            Jars.create(mods.resolve("packed.jar"), packed(folder.resolve("next"), "two"));
            openWord(folder.resolve("deployed"), "two");
            Sources.deploy(folder.resolve("deployed"), open);
            app.reloads(1, "3 classes changed \\(2 body, 1 not loaded yet\\)");

            app.answers("app", "Word", "two");
            app.answers("app", "Later", "two");
            app.answers("app", "open.Word", "two");
        }
    }

    @EachJdk
    void aModuleOfJBossModulesIsTakenUp(Jdk jdk, @TempDir Path folder) throws IOException {
        Path module = Files.createDirectories(folder.resolve("mods/com/acme/main"));
        Path own = Path.of("io/reloader/it/app/AskApp.class");
        Path classes = Asked.words(module.resolve("classes"), "one", "Open");
        Files.createDirectories(classes.resolve(own).getParent());
        Files.copy(Java.TEST_CLASSES.resolve(own), classes.resolve(own));
        words(module, folder, "one");
        Files.writeString(module.resolve("module.xml"), """
                <module xmlns="urn:jboss:module:1.9" name="com.acme">
                  <main-class name="io.reloader.it.app.AskApp"/>
                  <resources><resource-root path="classes"/><resource-root path="words.jar"/></resources>
                </module>
                """);
        Path launcher = Server.libraries("launchers").resolveSibling("jboss-modules.jar");
        try (Asked app = Asked.onceArmed(Java.on(jdk)
                .agent(Served.OPTIONS)
                .with("-jar", launcher.toString(), "-mp", folder.resolve("mods").toString(), "com.acme"))) {
            app.answers("app", "Word", "one");
            app.answers("app", "Open", "one");

            words(module, folder, "two");
            Sources.deploy(Asked.words(folder.resolve("deployed"), "two", "Open"), classes);
            app.reloads(1, "3 classes changed \\(2 body, 1 not loaded yet\\)");

            app.answers("app", "Word", "two");
            app.answers("app", "Open", "two");
            app.answers("app", "Later", "two");
            app.reads("app", "com/acme/words.txt", "one");
        }
    }

    private static void words(Path module, Path folder, String word) throws IOException {
        Path built = Asked.words(folder.resolve("words-" + word), word, "Word", "Later");
        Files.writeString(built.resolve("com/acme/words.txt"), word);
        Jars.create(module.resolve("words.jar"), built);
    }

    private static Path packed(Path out, String word) throws IOException {
        Asked.words(out, word, "Word", "Later");
        Sources.compile(out, "", "module packed { exports com.acme; }");
        return out;
    }

    private static void openWord(Path out, String word) {
        Sources.compile(out, "", """
                package com.acme.open;
                public class Word {
                    public static String word() { return "%s"; }
                }
                """.formatted(word));
    }

    @EachJdk
    void whatWasDeployedBeforeTheAttachIsFoundInTheLiveClasses(Jdk jdk, @TempDir Path folder) throws Exception {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Path classes = Asked.words(folder.resolve("classes"), "one", "Open", "Kept");
        Path old = Asked.words(folder.resolve("old"), "two", "Open");
        Asked.jar(lib.resolve("words.jar"), "one", "Packed", "Later");
        Asked.jar(lib.resolve("more-1.0.jar"), "one", "More");
        Asked.jar(lib.resolve("kept.jar"), "one", "KeptToo");
        try (Asked app = new Asked(Java.on(jdk)
                .with("-XX:+EnableDynamicAgentLoading")
                .classPath(Asked.and(classes, lib.resolve("*")))
                .main(AskApp.class))) {
            for (String type : new String[] {"Open", "Kept", "Packed", "More", "KeptToo"}) {
                app.answers("app", type, "one");
            }
            // Older than the process, as a copy that keeps its times is.
            Files.move(
                    old.resolve("com/acme/Open.class"),
                    classes.resolve("com/acme/Open.class"),
                    StandardCopyOption.REPLACE_EXISTING);
            Asked.jar(lib.resolve("words.jar"), "two", "Packed", "Later");
            Files.delete(lib.resolve("more-1.0.jar"));
            Asked.jar(lib.resolve("more-1.1.jar"), "two", "More");
            JvmProcess attach = Java.reloader(jdk, "attach", Long.toString(app.process.pid()), Served.OPTIONS);
            assertThat(attach.exitCode()).as(attach.log()).isZero();
            app.process.await("reloader: \\* armed");

            app.reloads(1, "4 classes changed \\(3 body, 1 not loaded yet\\)");

            for (String type : new String[] {"Open", "Packed", "More", "Later"}) {
                app.answers("app", type, "two");
            }
            app.answers("app", "Kept", "one");
            app.answers("app", "KeptToo", "one");
        }
    }
}
