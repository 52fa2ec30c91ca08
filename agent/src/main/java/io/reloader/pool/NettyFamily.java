// SPDX-License-Identifier: Apache-2.0
package io.reloader.pool;

import java.util.concurrent.ReloaderNettyHooks;
import org.jspecify.annotations.Nullable;

/** The event loops of Netty 4.2, of every transport. Those of 4.1, which cannot be suspended, are known threads. */
final class NettyFamily implements PoolFamily {
    private static final LibraryName LOOP = new LibraryName("io.netty.channel.SingleThreadIoEventLoop");

    private final Tools tools;
    private final Ledger<NettyRoll> ledger = new Ledger<>(rolling -> ReloaderNettyHooks.rolling = rolling);

    NettyFamily(Tools tools) {
        this.tools = tools;
    }

    @Override
    public @Nullable Class<?> poolClass(Class<?> met) {
        return LOOP.fits(met.getName()) ? met : null;
    }

    @Override
    public PoolKind open(Class<?> loop) throws ReflectiveOperationException {
        return new NettyKind(loop, tools, ledger);
    }

    @Override
    public void hook(Kinds kinds) {
        ReloaderNettyHooks.handler = new NettyHooks(ledger);
    }

    @Override
    public void unhook() {
        ReloaderNettyHooks.handler = null;
    }

    @Override
    public boolean settled() {
        ledger.sweep();
        return ledger.rolls().isEmpty();
    }
}
