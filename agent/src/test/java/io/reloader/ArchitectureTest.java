// SPDX-License-Identifier: Apache-2.0
package io.reloader;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house plan: which package may know which. */
@AnalyzeClasses(packages = "io.reloader", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] JDK = {"java..", "javax..", "sun.misc", "org.jspecify.."};

    @ArchTest
    static final ArchRule theEntryKnowsTheJdkOnly = only("io.reloader");

    @ArchTest
    static final ArchRule optionsKnowNothingElseOfOurs = only("io.reloader.options");

    @ArchTest
    static final ArchRule controlKnowsNoPoolNoClassNoNativeNoWeavingNoManagementNoCommandLine =
            only("io.reloader.control");

    @ArchTest
    static final ArchRule osKnowsNativesOnly = only("io.reloader.os", "com.kenai.jffi..");

    @ArchTest
    static final ArchRule signalKnowsControlAndOs = only("io.reloader.signal", "io.reloader.control", "io.reloader.os");

    @ArchTest
    static final ArchRule daemonKnowsControlOptionsAndOs =
            only("io.reloader.daemon", "io.reloader.control", "io.reloader.options", "io.reloader.os");

    @ArchTest
    static final ArchRule doorKnowsControlOptionsAndOs =
            only("io.reloader.door", "io.reloader.control", "io.reloader.options", "io.reloader.os", "jdk.net");

    @ArchTest
    static final ArchRule superviseKnowsControlAndOs =
            only("io.reloader.supervise", "io.reloader.control", "io.reloader.os");

    @ArchTest
    static final ArchRule poolKnowsControl = only("io.reloader.pool", "io.reloader.control");

    @ArchTest
    static final ArchRule lowerKnowsAsmOnly = only("io.reloader.lower", "org.objectweb.asm..");

    @ArchTest
    static final ArchRule codeKnowsControlLowerAndAsm =
            only("io.reloader.code", "io.reloader.control", "io.reloader.lower", "org.objectweb.asm..");

    @ArchTest
    static final ArchRule observeKnowsControl = only("io.reloader.observe", "io.reloader.control");

    @ArchTest
    static final ArchRule hookKnowsControl = only("io.reloader.hook", "io.reloader.control");

    @ArchTest
    static final ArchRule flightKnowsControlAndTheRecorder =
            only("io.reloader.flight", "io.reloader.control", "jdk.jfr..");

    @ArchTest
    static final ArchRule onlyFlightImportsTheRecorder = noClasses()
            .that()
            .resideOutsideOfPackage("io.reloader.flight")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..");

    @ArchTest
    static final ArchRule onlyWeaveImportsByteBuddy = noClasses()
            .that()
            .resideOutsideOfPackages("io.reloader.weave", "io.reloader.cli")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.bytebuddy..");

    @ArchTest
    static final ArchRule onlyTheCommandLineImportsPicocliAndTheAttachClient = noClasses()
            .that()
            .resideOutsideOfPackage("io.reloader.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "com.grack..", "com.sun.tools..", "net.bytebuddy.agent..");

    @ArchTest
    static final ArchRule nothingKnowsTheCompositionRoot = noClasses()
            .that()
            .resideOutsideOfPackage("io.reloader.agent")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.reloader.agent");

    @ArchTest
    static final ArchRule noTwoPackagesKnowEachOther =
            slices().matching("io.reloader.(*)..").should().beFreeOfCycles();

    private static ArchRule only(String itself, String... others) {
        String[] allowed = new String[JDK.length + others.length + 1];
        System.arraycopy(JDK, 0, allowed, 0, JDK.length);
        System.arraycopy(others, 0, allowed, JDK.length, others.length);
        allowed[allowed.length - 1] = itself;
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .allowEmptyShould(true)
                .as(itself + " depends on " + String.join(", ", others) + " and the JDK only");
    }
}
