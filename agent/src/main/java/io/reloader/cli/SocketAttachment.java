// SPDX-License-Identifier: Apache-2.0
package io.reloader.cli;

import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import net.bytebuddy.agent.VirtualMachine;
import net.bytebuddy.agent.VirtualMachine.ForHotSpot.Connection;
import org.jspecify.annotations.Nullable;

/** By byte-buddy-agent's client of HotSpot's attach protocol, over the JDK's own Unix domain sockets. */
final class SocketAttachment implements Attachment {
    private final VirtualMachine machine;

    private SocketAttachment(VirtualMachine machine) {
        this.machine = machine;
    }

    static SocketAttachment connect(Target target) throws AttachRefused {
        try {
            return new SocketAttachment(VirtualMachine.ForHotSpot.attach(
                    Long.toString(target.pid()), pid -> new Channel(new Doorbell(target).ring())));
        } catch (IOException | RuntimeException e) {
            throw Refusals.connect(e);
        }
    }

    @Override
    public @Nullable String property(String name) throws AttachRefused {
        try {
            return machine.getSystemProperties().getProperty(name);
        } catch (IOException | RuntimeException e) {
            throw Refusals.connect(e);
        }
    }

    @Override
    public void load(String jar, String arguments) throws AttachRefused {
        try {
            machine.loadAgent(jar, arguments);
        } catch (IOException | RuntimeException e) {
            throw Refusals.load(e);
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException gone) {
            // The other JVM has closed its end, which is what was wanted.
        }
    }

    /** One socket connection for each request, as the protocol wants it. */
    private static final class Channel extends Connection.OnPersistentByteChannel<SocketChannel> {
        private final UnixDomainSocketAddress address;

        Channel(File socket) {
            this.address = UnixDomainSocketAddress.of(socket.toPath());
        }

        @Override
        protected SocketChannel connect() throws IOException {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(address);
            return channel;
        }

        @Override
        protected void close(SocketChannel channel) throws IOException {
            channel.close();
        }

        @Override
        protected void write(SocketChannel channel, byte[] bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        @Override
        protected int read(SocketChannel channel, byte[] bytes) throws IOException {
            return channel.read(ByteBuffer.wrap(bytes));
        }

        @Override
        public void close() {
            // Nothing is held between requests.
        }
    }
}
