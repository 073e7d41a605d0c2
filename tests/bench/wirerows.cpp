// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// What printing a capture costs: --dump-wire against tcpdump, the same file, both into /dev/null.

#include "figures.h"
#include "support/packets.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace {

constexpr int perConversation = 1000; ///< segments

/// A handshake, and messages that are acknowledged until there are so many segments.
QList<Packets::Packet> conversation(quint16 port)
{
    Packets::Tcp client{.from = port, .to = 8700, .sequence = 1000};
    Packets::Tcp server{.from = 8700, .to = port, .sequence = 2000};
    QList<Packets::Packet> packets;
    const auto send = [&packets](Packets::Tcp &from, Packets::Tcp &to, quint16 flags, const QByteArray &payload = {}) {
        from.flags = flags;
        from.payload = payload;
        from.acknowledgement = flags == Segment::Syn ? 0 : to.sequence;
        packets.append({Packets::framed(1, Packets::ip4(from.bytes()))});
        from.sequence += quint32(payload.size()) + (flags & Segment::Syn ? 1 : 0);
    };
    send(client, server, Segment::Syn);
    send(server, client, Segment::Syn | Segment::Ack);
    send(client, server, Segment::Ack);
    while (packets.size() < perConversation) {
        send(client, server, Segment::Psh | Segment::Ack, QByteArray("Hi, server! I'm client.", 24));
        send(server, client, Segment::Ack);
    }
    return packets;
}

double milliseconds(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    QElapsedTimer elapsed;
    elapsed.start();
    process.start(program, arguments);
    if (!process.waitForFinished(-1) || process.exitCode() != 0)
        qFatal("%s fails", qPrintable(program));
    return double(elapsed.nsecsElapsed()) / 1e6;
}

std::vector<Figure> dumpWire(const Scale &scale)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"capture.pcap"_s);
    QList<Packets::Packet> packets;
    const int conversations = scale.of(500'000) / perConversation;
    for (int i = 0; i < conversations; ++i)
        packets += conversation(quint16(20'000 + i));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(Packets::pcap(1, packets)) < 0)
        qFatal("%s cannot be written", qPrintable(path));
    file.close();
    const Ratio ratio = ratioOf(
        scale, u"ms"_s,
        [&path] {
            return milliseconds(QStringLiteral(SERVER_GUI), {u"--dump-wire"_s, path});
        },
        [&path] {
            return milliseconds(u"tcpdump"_s, {u"-S"_s, u"-n"_s, u"-r"_s, path});
        });
    return {{u"--dump-wire of 500,000 segments, to tcpdump -S -n -r"_s, ratio.value, u"×"_s, Figure::Bound::AtMost, 1.0,
             ratio.how}};
}

} // namespace

std::vector<BenchRow> wireRows()
{
    return {{u"wire"_s, dumpWire}};
}
