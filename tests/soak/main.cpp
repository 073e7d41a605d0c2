// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "soak.h"

#include "support/privatenetwork.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <csignal>
#include <cstdio>

int main(int argc, char *argv[])
{
    // Uses a private network if possible, because the soak uses thousands of ports.
    PrivateNetwork::enter();
    Resources::beginCounting();
    const QCoreApplication app(argc, argv);
    signal(SIGPIPE, SIG_IGN);

    const QCommandLineOption seedOption(QStringLiteral("seed"),
                                        QStringLiteral("The seed of the random decisions. Default: a new one."),
                                        QStringLiteral("N"));
    const QCommandLineOption secondsOption(QStringLiteral("seconds"), QStringLiteral("How long to run. Default: 600."),
                                           QStringLiteral("N"), QStringLiteral("600"));
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Runs both ends against each other and against hostile peers, at random."));
    parser.addHelpOption();
    parser.addOptions({seedOption, secondsOption});
    parser.process(app);
    const quint64 seed = parser.isSet(seedOption) ? parser.value(seedOption).toULongLong() : std::random_device()();
    printf("soak: --seed %llu\n", static_cast<unsigned long long>(seed));
    fflush(stdout);

    Soak soak(seed, parser.value(secondsOption).toInt());
    QObject::connect(&soak, &Soak::finished, &app, [&](const QString &violation) {
        printf("soak: %s\n", qPrintable(soak.summary()));
        if (!violation.isEmpty())
            printf("soak: violation, seed %llu: %s\n", static_cast<unsigned long long>(seed), qPrintable(violation));
        QCoreApplication::exit(violation.isEmpty() ? 0 : 1);
    });
    soak.start();
    return QCoreApplication::exec();
}
