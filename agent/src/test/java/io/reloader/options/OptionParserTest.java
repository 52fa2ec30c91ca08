// SPDX-License-Identifier: Apache-2.0
package io.reloader.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OptionParserTest {
    private final Properties properties = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    @ParameterizedTest
    @EnumSource(Option.class)
    void everyDefaultIsAllowedByItsOwnRule(Option option) {
        assertThat(option.type().allows(option.standard())).isTrue();
    }

    @Test
    void withoutAnyOptionTheDefaultsHold() throws OptionException {
        Options options = parse("");

        assertThat(options.signal(Option.RELOAD)).isEqualTo("USR1");
        assertThat(options.millis(Option.MERCY)).isEqualTo(30_000);
        assertThat(options.count(Option.BATCH)).isEqualTo(1);
        assertThat(options.on(Option.STRICT)).isFalse();
        assertThat(options.patterns(Option.WORKERS)).isEmpty();
    }

    @Test
    void argumentsAreKeyEqualsValueSeparatedByCommasAndASwitchMayStandAlone() throws OptionException {
        Options options = parse(" mercy = 500ms , strict, workers=http-*:api,,");

        assertThat(options.nanos(Option.MERCY)).isEqualTo(500_000_000L);
        assertThat(options.on(Option.STRICT)).isTrue();
        assertThat(options.patterns(Option.WORKERS)).containsExactly("http-*", "api");
    }

    @Test
    void argumentsWinOverPropertiesOverEnvironmentOverFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("reloader.properties"), "mercy=1s\nbatch=4\nterm-deadline=4s\nquiet-period=4ms\n");
        environment.put("RELOADER_CONFIG", file.toString());
        environment.put("RELOADER_MERCY", "2s");
        environment.put("RELOADER_BATCH", "2");
        environment.put("RELOADER_TERM_DEADLINE", "2s");
        properties.setProperty("reloader.mercy", "3s");
        properties.setProperty("reloader.batch", "3");

        Options options = parse("mercy=9s");

        assertThat(options.text(Option.MERCY)).isEqualTo("9s");
        assertThat(options.text(Option.BATCH)).isEqualTo("3");
        assertThat(options.text(Option.TERM_DEADLINE)).isEqualTo("2s");
        assertThat(options.text(Option.QUIET_PERIOD)).isEqualTo("4ms");
    }

    @ParameterizedTest
    @CsvSource({
        "mercyy=1s, option mercyy is unknown; did you mean mercy?",
        "terms=5s, option terms is unknown; did you mean",
        "mercy=1 parsec, option mercy=1 parsec is not allowed; mercy is a number and ms",
        "mercy=25h, option mercy=25h is not allowed",
        "mercy=99999999999999999999s, option mercy=99999999999999999999s is not allowed",
        "mercy=-1s, option mercy=-1s is not allowed",
        "mercy, option mercy has no value; write mercy=30s",
        "batch=0, option batch=0 is not allowed; batch is a whole number from 1 to 1000",
        "batch=1001, option batch=1001 is not allowed",
        "strict=yes, option strict=yes is not allowed; strict is true or false",
        "reload=SIGHUP, option reload=SIGHUP is not allowed; reload is a signal's name without SIG",
        "reload=KILL, option reload=KILL is not allowed",
        "ready=port:0, option ready=port:0 is not allowed; ready is agent",
        "ready=port:http, option ready=port:http is not allowed",
        "ready=log:[, option ready=log:[ is not allowed",
        "ready=file:, option ready=file: is not allowed",
        "reload=, option reload= is not allowed",
        "reload=TERM, options stop and reload both name TERM; give each its own signal",
    })
    void aWrongOptionIsOneLineThatNamesValueRuleAndRemedy(String arguments, String message) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void anOptionGivenTwiceIsWrong() {
        assertThatThrownBy(() -> parse("batch=1,batch=2")).hasMessage("option batch is given twice; give it once");
    }

    @Test
    void aWrongPropertyAndAWrongFileLineNameWhereTheyStand(@TempDir Path folder) throws Exception {
        properties.setProperty("reloader.merci", "1s");
        assertThatThrownBy(() -> parse(""))
                .hasMessageStartingWith("option -Dreloader.merci is unknown; did you mean mercy?");

        properties.clear();
        Path file = Files.writeString(folder.resolve("r.conf"), "batch=many\n");
        assertThatThrownBy(() -> parse("config=" + file))
                .hasMessageStartingWith("option batch in " + file + "=many is not allowed");
    }

    @Test
    void aMissingFileIsToldWithItsName() {
        assertThatThrownBy(() -> parse("config=/nowhere/r.conf"))
                .hasMessageStartingWith("config=/nowhere/r.conf cannot be read");
    }

    @Test
    void variablesOfOthersAreLeftAloneButAMisspeltOneIsTold() throws OptionException {
        environment.put("RELOADER_PORT_9090_TCP", "tcp://10.0.0.1:9090");
        environment.put("RELOADER_SERVICE_HOST", "10.0.0.1");
        assertThat(parse("").text(Option.BATCH)).isEqualTo("1");

        environment.put("RELOADER_TERM_DEADLIN", "1s");
        assertThatThrownBy(() -> parse(""))
                .hasMessage("option RELOADER_TERM_DEADLIN is unknown; did you mean RELOADER_TERM_DEADLINE?");
    }

    @Test
    void strictIsHeardEvenRightOfTheFault() {
        OptionParser parser = new OptionParser(properties, environment);
        assertThatThrownBy(() -> parser.parse("nonsense=1,strict")).isInstanceOf(OptionException.class);
        assertThat(parser.strict()).isTrue();
    }

    private Options parse(String arguments) throws OptionException {
        return new OptionParser(properties, environment).parse(arguments);
    }
}
