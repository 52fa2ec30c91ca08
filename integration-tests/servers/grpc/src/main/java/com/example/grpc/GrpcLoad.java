// SPDX-License-Identifier: Apache-2.0
package com.example.grpc;

import com.example.answers.Quiet;
import com.example.client.Connection;
import com.example.client.Load;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The load client over gRPC: each of its connections is a channel of its own, which never retries. */
public final class GrpcLoad {
    private GrpcLoad() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Quiet.console();
        int port = Integer.parseInt(args[0]);
        Load.run(() -> new Channel(port));
        // The channels' shared event loops would keep the process for a while.
        System.exit(0);
    }

    private static final class Channel implements Connection {
        private final ManagedChannel channel;

        Channel(int port) {
            channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .disableRetry()
                    .build();
        }

        @Override
        public String get(String path) throws IOException {
            try {
                return ClientCalls.blockingUnaryCall(
                        channel, AnswersMethod.GET, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), path);
            } catch (StatusRuntimeException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}
