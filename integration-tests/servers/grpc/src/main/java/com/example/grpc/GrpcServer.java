// SPDX-License-Identifier: Apache-2.0
package com.example.grpc;

import com.example.answers.Answers;
import com.example.answers.Census;
import com.example.answers.Later;
import com.example.answers.Quiet;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server whose calls run on four worker threads. */
public final class GrpcServer {
    private GrpcServer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Quiet.console();
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor workers = (ThreadPoolExecutor)
                Executors.newFixedThreadPool(4, task -> new Thread(task, "call-" + count.incrementAndGet()));
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .executor(workers)
                .addService(ServerServiceDefinition.builder("answers")
                        .addMethod(AnswersMethod.GET, ServerCalls.asyncUnaryCall(GrpcServer::answer))
                        .build())
                .build()
                .start();
        Census.listening(server.getPort(), workers::getPoolSize);
        server.awaitTermination();
    }

    private static void answer(String path, StreamObserver<String> response) {
        if (Later.is(path)) {
            Later.answer(path, answer -> finish(response, answer));
        } else {
            finish(response, Answers.to(path));
        }
    }

    private static void finish(StreamObserver<String> response, String answer) {
        response.onNext(answer);
        response.onCompleted();
    }
}
