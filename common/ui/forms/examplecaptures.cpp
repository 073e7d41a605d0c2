// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "examplecaptures.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryFile>

namespace {

struct ExampleCapturesStrings {
    Q_DECLARE_TR_FUNCTIONS(ExampleCaptures)
};

} // namespace

std::vector<ExampleCaptures::Example> ExampleCaptures::all()
{
    return {{QStringLiteral("conversation"), ExampleCapturesStrings::tr("The &Conversation"),
             ExampleCapturesStrings::tr("Handshake, 24 bytes, 12 bytes, and the four-way wave")},
            {QStringLiteral("three-way-wave"), ExampleCapturesStrings::tr("&Three-Way Wave"),
             ExampleCapturesStrings::tr("The server closes at once: its FIN also acknowledges the client's FIN")},
            {QStringLiteral("half-close"), ExampleCapturesStrings::tr("&Half-Close"),
             ExampleCapturesStrings::tr("The client finishes sending, and the server continues to send")},
            {QStringLiteral("simultaneous-close"), ExampleCapturesStrings::tr("&Simultaneous Close"),
             ExampleCapturesStrings::tr("Each end sends its FIN before the other end's FIN arrives")},
            {QStringLiteral("reset"), ExampleCapturesStrings::tr("&Reset"),
             ExampleCapturesStrings::tr("The client resets after the reply")},
            {QStringLiteral("refused"), ExampleCapturesStrings::tr("Connection Re&fused"),
             ExampleCapturesStrings::tr("No program listens on the port: a RST answers the SYN")},
            {QStringLiteral("retransmission"), ExampleCapturesStrings::tr("Retr&ansmission"),
             ExampleCapturesStrings::tr("The client's message is lost once and sent again")},
            {QStringLiteral("zero-window"), ExampleCapturesStrings::tr("&Zero Window"),
             ExampleCapturesStrings::tr("A client with a small buffer does not read for a while")}};
}

std::unique_ptr<QTemporaryFile> ExampleCaptures::copyOf(const Example &example)
{
    QFile resource(QStringLiteral(":/captures/%1.pcap").arg(example.name));
    auto copy =
        std::make_unique<QTemporaryFile>(QDir::temp().filePath(QStringLiteral("%1-XXXXXX.pcap").arg(example.name)));
    if (!resource.open(QIODevice::ReadOnly) || !copy->open())
        return {};
    const QByteArray packets = resource.readAll();
    if (copy->write(packets) != packets.size() || !copy->flush())
        return {};
    return copy;
}
