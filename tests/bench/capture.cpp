// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture.h"

#include "support/packets.h"

#include <QFile>

#include <algorithm>

namespace {

constexpr qint64 intervalUs = 200; ///< between the departures of segments
constexpr qint64 delayUs = 150;    ///< until they arrive

/// Each with its time after its departure.
QList<Packets::Packet> conversation(quint16 port, int segments, Side at)
{
    Packets::Tcp client{.from = port, .to = 8700, .sequence = 1000};
    Packets::Tcp server{.from = 8700, .to = port, .sequence = 2000};
    QList<Packets::Packet> packets;
    const auto send = [&packets, &server, at](Packets::Tcp &from, Packets::Tcp &to, quint16 flags,
                                              const QByteArray &payload = {}) {
        from.flags = flags;
        from.payload = payload;
        from.acknowledgement = flags == Segment::Syn ? 0 : to.sequence;
        QByteArray packet = Packets::ip4(from.bytes());
        if (&from == &server)
            std::swap_ranges(packet.begin() + 12, packet.begin() + 16, packet.begin() + 16); // swaps the addresses
        const bool isOwn = (&from == &server) == (at == Side::Server);
        packets.append({.bytes = Packets::framed(1, packet), .us = isOwn ? 0 : delayUs});
        from.sequence += quint32(payload.size()) + (flags & Segment::Syn ? 1 : 0);
    };
    send(client, server, Segment::Syn);
    send(server, client, Segment::Syn | Segment::Ack);
    send(client, server, Segment::Ack);
    while (packets.size() < segments) {
        send(client, server, Segment::Psh | Segment::Ack, QByteArray("Hi, server! I'm client.", 24));
        send(server, client, Segment::Ack);
    }
    return packets;
}

} // namespace

void writeCapture(const QString &path, int conversations, int segmentsEach, Side at)
{
    QList<Packets::Packet> packets;
    for (int i = 0; i < conversations; ++i)
        packets += conversation(quint16(20'000 + i), segmentsEach, at);
    for (qsizetype i = 0; i < packets.size(); ++i)
        packets[i].us += i * intervalUs;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(Packets::pcap(1, packets)) < 0)
        qFatal("%s cannot be written", qPrintable(path));
}
