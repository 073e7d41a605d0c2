// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "examplecaptures.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryFile>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ExampleCaptures)
};

} // namespace

std::vector<ExampleCaptures::Example> ExampleCaptures::all()
{
    return {{QStringLiteral("conversation"), Text::tr("The &Conversation"),
             Text::tr("Handshake, 24 bytes, 12 bytes, and the four-way wave")},
            {QStringLiteral("three-way-wave"), Text::tr("&Three-Way Wave"),
             Text::tr("The server closes at once: its FIN carries the acknowledgement of the client's")},
            {QStringLiteral("half-close"), Text::tr("&Half-Close"),
             Text::tr("The client finishes sending, and the server goes on")},
            {QStringLiteral("simultaneous-close"), Text::tr("&Simultaneous Close"),
             Text::tr("Both FINs leave before the other one has come")},
            {QStringLiteral("reset"), Text::tr("&Reset"), Text::tr("The client resets after the reply")},
            {QStringLiteral("refused"), Text::tr("Connection Re&fused"), Text::tr("Nobody listens: RST answers SYN")},
            {QStringLiteral("retransmission"), Text::tr("Retr&ansmission"),
             Text::tr("The client's message is lost once, and sent again")},
            {QStringLiteral("zero-window"), Text::tr("&Zero Window"),
             Text::tr("A client with a small buffer does not read for a while")}};
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
