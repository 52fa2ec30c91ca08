// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import io.reloader.options.Option;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as the agent's options are written. */
final class TimeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        long millis = Option.millis(text);
        if (millis < 0) {
            throw new TypeConversionException("'" + text + "' is no time; it is " + Option.MERCY.rule());
        }
        return Duration.ofMillis(millis);
    }
}
