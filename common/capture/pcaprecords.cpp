// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturereader.h"

#include <QtEndian>

namespace {

// Of pcap, as in libpcap's pcap-savefile(5).
constexpr quint32 microsecondsMagic = 0xa1b2c3d4;
constexpr quint32 nanosecondsMagic = 0xa1b23c4d;
constexpr quint32 kuznetsovMagic = 0xa1b2cd34;
constexpr quint32 pcapHeaderBytes = 24;
constexpr quint32 recordBytes = 16;
constexpr quint32 kuznetsovRecordBytes = 24;
constexpr quint32 readerLinkTypeBits = 0xffff; ///< the rest of the field is about frame check sequences

constexpr quint32 sectionHeaderType = 0x0a0d0d0a; ///< a pcapng file begins with it

} // namespace

CaptureReader::State CaptureReader::readFormat()
{
    const uchar *start = m_file.at(0, sizeof(quint32));
    if (!start)
        return atEnd();
    const auto magic = qFromUnaligned<quint32>(start);
    if (magic == sectionHeaderType) {
        m_format = Format::Pcapng;
        return State::Packet;
    }
    for (const quint32 known : {microsecondsMagic, nanosecondsMagic, kuznetsovMagic}) {
        m_isSwapped = magic == qbswap(known);
        if (magic == known || m_isSwapped)
            return readPcapHeader(known);
    }
    return broken(tr("This is not a capture"));
}

CaptureReader::State CaptureReader::readPcapHeader(quint32 magic)
{
    const uchar *header = m_file.at(0, pcapHeaderBytes);
    if (!header)
        return atEnd();
    const quint16 major = number16(header + 4);
    m_minorVersion = number16(header + 6);
    if (major != 2)
        return broken(
            tr("The capture has version %1.%2 of pcap, which TCP Steps cannot read").arg(major).arg(m_minorVersion));
    const quint32 snapLength = number32(header + 16);
    m_interfaces.push_back({.linkType = int(number32(header + 20) & readerLinkTypeBits),
                            .snapLength = snapLength < maxPacketBytes ? snapLength : 0,
                            .hasNanoseconds = magic == nanosecondsMagic});
    m_recordHeaderBytes = magic == kuznetsovMagic ? kuznetsovRecordBytes : recordBytes;
    m_format = Format::Pcap;
    m_position = pcapHeaderBytes;
    return State::Packet;
}

CaptureReader::State CaptureReader::readRecord()
{
    const uchar *header = m_file.at(m_position, m_recordHeaderBytes);
    if (!header)
        return atEnd();
    quint32 captured = number32(header + 8);
    quint32 length = number32(header + 12);
    if (m_minorVersion < 3 || (m_minorVersion == 3 && captured > length))
        std::swap(captured, length); // as old versions wrote them
    if (captured > maxPacketBytes)
        return damaged(tr("a packet of %1 bytes").arg(captured));
    const quint32 size = m_recordHeaderBytes + captured;
    const uchar *record = m_file.at(m_position, size);
    if (!record)
        return atEnd();
    const quint32 fraction = number32(record + 4);
    const quint32 nanoseconds = m_interfaces.front().hasNanoseconds ? 1 : 1000;
    m_packet.timeUs = qint64(number32(record)) * 1'000'000 + fraction * qint64(nanoseconds) / 1000;
    m_packet.timeNs = quint16(fraction * quint64(nanoseconds) % 1000);
    m_position += size;
    // libpcap cuts a packet that is longer than the file's own limit, too.
    const quint32 limit = m_interfaces.front().snapLength;
    return take(0, {record, size, m_position - size}, m_recordHeaderBytes,
                limit != 0 ? std::min(captured, limit) : captured, length);
}
