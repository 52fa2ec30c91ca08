// SPDX-License-Identifier: Apache-2.0
package io.reloader.code;

import java.util.concurrent.ReloaderLinkageHooks;

/**
 * What linkage errors call. Apart from the {@link Canary}, which is loaded before java.base has the interface.
 * Installed by the composition root, before anything is woven.
 */
public final class CanaryHook implements ReloaderLinkageHooks.Handler {
    private final Canary canary;

    public CanaryHook(Canary canary) {
        this.canary = canary;
    }

    /** From here on errors are seen. */
    public void install() {
        ReloaderLinkageHooks.handler = this;
        ReloaderLinkageHooks.watching = true;
    }

    /** No error is seen any more. */
    public void uninstall() {
        ReloaderLinkageHooks.watching = false;
        ReloaderLinkageHooks.handler = null;
    }

    @Override
    public void made(LinkageError error) {
        canary.made(error);
    }
}
