// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import picocli.CommandLine.Command;

/** The way back. */
@Command(name = "rollback", description = "Puts back what the last reload that changed a class replaced.")
final class RollbackVerb extends CommandingVerb {
    @Override
    int run() throws Unfit {
        return command(pid(), "rollback", Bars.onTerminal());
    }
}
