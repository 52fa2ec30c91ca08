// SPDX-License-Identifier: Apache-2.0
package io.reloader.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.reloader.options.Option;
import io.reloader.options.OptionException;
import io.reloader.options.OptionParser;
import io.reloader.options.Options;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class AdjustmentTest {

    @Test
    void whatARunningAgentCanChangeChangesAndTheRestIsNamedWithItsRemedy() throws OptionException {
        Options before = options("mercy=10s,batch=2,workers=http*");
        Adjustment adjustment = new Adjustment(before, options("mercy=5s,batch=4,tasks=jobs,workers=http*,log=x.log"));

        assertThat(adjustment.lines())
                .containsExactlyInAnyOrder(
                        "* mercy=5s, was 10s",
                        "* tasks=jobs",
                        "- workers=http* already",
                        "! batch=4 was not changed: the agent that runs keeps 2; detach, then attach with it",
                        "! log=x.log was not changed: it means something to the start of a process only;"
                                + " restart the process with it");
        Options after = adjustment.result();
        assertThat(after.text(Option.MERCY)).isEqualTo("5s");
        assertThat(after.text(Option.TASKS)).isEqualTo("jobs");
        assertThat(after.count(Option.BATCH)).isEqualTo(2);
        assertThat(after.patterns(Option.WORKERS)).containsExactly("http*");
    }

    @Test
    void whatIsNotNamedStays() throws OptionException {
        Adjustment adjustment = new Adjustment(options("mercy=10s"), options(""));
        assertThat(adjustment.lines()).isEmpty();
        assertThat(adjustment.result().text(Option.MERCY)).isEqualTo("10s");
    }

    private static Options options(String arguments) throws OptionException {
        return new OptionParser(new Properties(), Map.of()).parse(arguments);
    }
}
