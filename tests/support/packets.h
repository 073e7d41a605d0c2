// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QByteArray>
#include <QList>
#include <QtEndian>

/// Creates packets byte by byte, and captures that contain them.
namespace Packets {

inline QByteArray be16(quint16 value)
{
    QByteArray bytes(2, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

inline QByteArray be32(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

inline QByteArray byte(int value)
{
    return QByteArray(1, char(value));
}

struct Tcp {
    quint16 from = 41000;
    quint16 to = 8700;
    quint32 sequence = 1000;
    quint32 acknowledgement = 2000;
    quint16 flags = Segment::Ack;
    QByteArray options; ///< padded to whole words with zeros
    QByteArray payload;
    int headerWords = -1; ///< written into the header; -1: the actual size

    QByteArray bytes() const
    {
        QByteArray padded = options;
        while (padded.size() % 4 != 0)
            padded += '\0';
        const int words = headerWords >= 0 ? headerWords : 5 + int(padded.size()) / 4;
        return be16(from) + be16(to) + be32(sequence) + be32(acknowledgement) + be16(quint16(words << 12 | flags)) +
               be16(500) + be16(0) + be16(7) + padded + payload;
    }
};

inline QByteArray ip4(const QByteArray &payload, quint8 protocol = 6, const QByteArray &options = {}, int total = -1,
                      quint16 fragment = 0x4000, quint8 lastByte = 1)
{
    const auto headerBytes = 20 + options.size();
    return byte(int(0x40 + headerBytes / 4)) + byte(0) +
           be16(quint16(total >= 0 ? total : headerBytes + payload.size())) + be16(1) + be16(fragment) + byte(64) +
           byte(protocol) + be16(0) + be32(0x7f000000U + lastByte) + be32(0x7f000002) + options + payload;
}

inline QByteArray ip6(const QByteArray &payload, quint8 next = 6, int total = -1, quint8 lastByte = 1)
{
    return be32(0x60000000) + be16(quint16(total >= 0 ? total : payload.size())) + byte(next) + byte(64) +
           QByteArray::fromHex("fe80").leftJustified(15, '\0') + byte(lastByte) +
           QByteArray::fromHex("20010db8000000000001000000000002") + payload;
}

inline QByteArray ethernet(const QByteArray &packet, quint16 etherType = 0x0800)
{
    return QByteArray(12, '\2') + be16(etherType) + packet;
}

inline QByteArray snap(const QByteArray &packet, quint16 etherType = 0x0800)
{
    return QByteArray::fromHex("aaaa03000000") + be16(etherType) + packet;
}

/// An ICMP or ICMPv6 message, without its checksum. rest: its second word; quoted: the packet that it is about.
inline QByteArray icmp(int type, int code, quint32 rest, const QByteArray &quoted)
{
    return byte(type) + byte(code) + be16(0) + be32(rest) + quoted;
}

/// optional: the fields that flags announce.
inline QByteArray gre(const QByteArray &packet, quint16 etherType = 0x0800, quint16 flags = 0,
                      const QByteArray &optional = {})
{
    return be16(flags) + be16(etherType) + optional + packet;
}

inline QByteArray udp(const QByteArray &payload, quint16 to, quint16 from = 50000)
{
    return be16(from) + be16(to) + be16(quint16(payload.size() + 8)) + be16(0) + payload;
}

inline QByteArray vxlan(const QByteArray &frame, quint32 network = 42, int flags = 8)
{
    return byte(flags) + QByteArray(3, '\0') + be32(network << 8) + frame;
}

inline QByteArray mplsLabel(quint32 label, bool isLast, quint32 trafficClass = 0)
{
    return be32(label << 12 | trafficClass << 9 | (isLast ? 0x100U : 0U) | 64);
}

inline QByteArray pppoe(const QByteArray &ppp)
{
    return QByteArray::fromHex("11000005") + be16(quint16(ppp.size())) + ppp;
}

/// fields: with their padding.
inline QByteArray radiotap(quint32 present, const QByteArray &fields, const QByteArray &frame)
{
    QByteArray header(8, '\0');
    qToLittleEndian(quint16(8 + fields.size()), header.data() + 2);
    qToLittleEndian(present, header.data() + 4);
    return header + fields + frame;
}

/// A data frame of IEEE 802.11; flags are the second byte.
inline QByteArray wireless(const QByteArray &packet, int control = 0x08, int flags = 0, qsizetype headerBytes = 24)
{
    return byte(control) + byte(flags) + QByteArray(headerBytes - 2, '\0') + snap(packet);
}

inline QByteArray nflog(const QByteArray &packet, int family = 2)
{
    const QByteArray padding((4 - packet.size() % 4) % 4, '\0');
    return byte(family) + QByteArray(3, '\0') + be16(8) + be16(6) + be32(5) + be16(quint16(4 + packet.size())) +
           be16(9) + packet + padding;
}

/// Puts a packet behind the link header.
inline QByteArray framed(int linkType, const QByteArray &packet)
{
    const bool is6 = (packet.at(0) & 0xf0) == 0x60;
    const QByteArray etherType = be16(is6 ? 0x86dd : 0x0800);
    switch (linkType) {
    case 0:
        return (is6 ? QByteArray::fromHex("1e000000") : QByteArray::fromHex("02000000")) + packet;
    case 1:
        return QByteArray(12, '\2') + etherType + packet;
    case 108:
        return be32(is6 ? 24 : 2) + packet;
    case 113:
        return QByteArray::fromHex("0000030400060000000000000000") + etherType + packet;
    case 276:
        return etherType + QByteArray::fromHex("000000000001030400060000000000000000") + packet;
    default:
        return packet;
    }
}

struct Packet {
    QByteArray bytes;   ///< as captured
    quint32 length = 0; ///< on the wire; 0: same as captured
    qint64 us = -1;     ///< since the beginning of the capture; -1: one more than the packet before
    quint32 wireLength() const { return length != 0 ? length : quint32(bytes.size()); }
};

/// Creates a capture that begins at the time second.
inline QByteArray pcap(int linkType, const QList<Packet> &packets, quint32 second = 1700000000)
{
    QByteArray file = be32(0xa1b2c3d4) + be16(2) + be16(4) + be32(0) + be32(0) + be32(262144) + be32(quint32(linkType));
    qint64 us = 0;
    for (const Packet &packet : packets) {
        if (packet.us >= 0)
            us = packet.us;
        file += be32(second + quint32(us / 1000000)) + be32(quint32(us % 1000000)) +
                be32(quint32(packet.bytes.size())) + be32(packet.wireLength()) + packet.bytes;
        ++us;
    }
    return file;
}

inline CapturedPacket captured(const Packet &packet, qint64 timeUs = 0, quint32 frame = 1)
{
    return {reinterpret_cast<const uchar *>(packet.bytes.constData()), quint32(packet.bytes.size()),
            packet.wireLength(), timeUs, frame};
}

} // namespace Packets
