// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturereader.h"

#include <QtEndian>

#include <numeric>

namespace {

// draft-ietf-opsawg-pcapng, section 4
enum BlockType : quint32 {
    SectionHeader = 0x0a0d0d0a,
    InterfaceDescription = 1,
    ObsoletePacket = 2,
    SimplePacket = 3,
    InterfaceStatistics = 5,
    EnhancedPacket = 6,
};
enum InterfaceOption : quint16 {
    EndOfOptions = 0,
    NameOption = 2,
    DescriptionOption = 3,
    ResolutionOption = 9,
    SystemOption = 12,
    OffsetOption = 14,
    HardwareOption = 15
};
constexpr quint16 packetCommentOption = 1;
constexpr quint16 interfaceDropsOption = 5; ///< of interface statistics
constexpr quint16 systemDropsOption = 7;
constexpr quint32 sectionMagic = 0x1a2b3c4d;
constexpr quint32 blockHeaderBytes = 8;
constexpr quint32 blockFrameBytes = 12; ///< the header, and the length again at the end
constexpr quint32 maxBlockBytes = 16U * 1024 * 1024;
constexpr size_t maxInterfaces = 65536;

/// Calls take with the code and the value of each option, until it returns false or an option does not fit.
template<typename Number, typename Take>
void forEachOption(const uchar *data, quint32 size, Number number16, Take take)
{
    constexpr quint32 headBytes = 4;
    for (quint32 at = 0; at + headBytes <= size;) {
        const quint16 code = number16(data + at);
        const quint16 length = number16(data + at + 2);
        at += headBytes;
        if (code == EndOfOptions || at + length > size)
            return;
        take(code, QByteArrayView(data + at, length));
        at += (length + 3U) & ~3U;
    }
}

} // namespace

CaptureReader::CaptureReader(int descriptor)
    : m_file(descriptor)
{
}

quint16 CaptureReader::number16(const uchar *at) const
{
    const auto number = qFromUnaligned<quint16>(at);
    return m_isSwapped ? qbswap(number) : number;
}

quint32 CaptureReader::number32(const uchar *at) const
{
    const auto number = qFromUnaligned<quint32>(at);
    return m_isSwapped ? qbswap(number) : number;
}

CaptureReader::State CaptureReader::next()
{
    if (m_state == State::Broken)
        return m_state;
    m_sentence.clear();
    m_options = {};
    if (m_format == Format::Unknown) {
        if (const State state = readFormat(); state != State::Packet)
            return m_state = state;
    }
    return m_state = m_format == Format::Pcap ? readRecord() : readBlock();
}

CaptureReader::State CaptureReader::readBlock()
{
    for (;;) {
        const uchar *header = m_file.at(m_position, blockHeaderBytes);
        if (!header)
            return atEnd();
        const auto rawType = qFromUnaligned<quint32>(header);
        if (rawType == SectionHeader) { // the same in either byte order
            header = m_file.at(m_position, blockFrameBytes);
            if (!header)
                return atEnd();
            const auto magic = qFromUnaligned<quint32>(header + blockHeaderBytes);
            m_isSwapped = magic == qbswap(sectionMagic);
            if (!m_isSwapped && magic != sectionMagic)
                return damaged(tr("a section without a byte order"));
        }
        const quint32 type = number32(header);
        const quint32 size = number32(header + 4);
        if (size < blockFrameBytes || size % 4 != 0 || size > maxBlockBytes)
            return damaged(tr("a block of %1 bytes").arg(size));
        const uchar *block = m_file.at(m_position, size);
        if (!block)
            return atEnd();
        if (number32(block + size - sizeof(quint32)) != size)
            return damaged(tr("a block that gives two lengths"));
        const Body body{block + blockHeaderBytes, size - blockFrameBytes, m_position + blockHeaderBytes};
        State state = State::End; // of this block
        if (type == SectionHeader)
            state = readSection(body);
        else if (type == InterfaceDescription)
            state = readInterface(body);
        else if (type == EnhancedPacket)
            state = readTimed(body, false);
        else if (type == SimplePacket)
            state = readSimple(body);
        else if (type == ObsoletePacket)
            state = readTimed(body, true);
        else if (type == InterfaceStatistics)
            readStatistics(body);
        if (state == State::Broken)
            return state;
        m_position += size;
        if (state == State::Packet)
            return state;
    }
}

CaptureReader::State CaptureReader::readSection(const Body &body)
{
    constexpr quint32 fixedBytes = 16;
    if (body.size < fixedBytes)
        return damaged(tr("a section header of %1 bytes").arg(body.size));
    const quint16 major = number16(body.data + 4);
    if (major != 1)
        return broken(tr("The capture has version %1 of pcapng, which TCP Steps cannot read").arg(major));
    m_section = m_interfaces.size();
    return State::End;
}

CaptureReader::State CaptureReader::readInterface(const Body &body)
{
    constexpr quint32 fixedBytes = 8;
    if (body.size < fixedBytes)
        return damaged(tr("an interface description of %1 bytes").arg(body.size));
    if (m_interfaces.size() == maxInterfaces)
        return broken(tr("The capture has more than %1 interfaces").arg(maxInterfaces));
    PacketInterface interface {
        .linkType = number16(body.data), .snapLength = number32(body.data + 4)
    };
    PacketTime time;
    readInterfaceOptions({body.data + fixedBytes, body.size - fixedBytes}, interface, time);
    interface.hasNanoseconds = !time.isWholeMicroseconds();
    m_interfaces.push_back(std::move(interface));
    m_times.push_back(time);
    m_dropsOf.push_back(0);
    return State::End;
}

void CaptureReader::readInterfaceOptions(const Body &body, PacketInterface &interface, PacketTime &time) const
{
    const auto take = [&](quint16 code, QByteArrayView value) {
        switch (code) {
        case NameOption:
        case DescriptionOption:
        case SystemOption:
        case HardwareOption:
            interface.texts.emplace_back(code, value.toByteArray());
            break;
        case ResolutionOption:
            if (value.size() == 1)
                time.setResolution(quint8(value.front()));
            break;
        case OffsetOption:
            if (value.size() == qsizetype(sizeof(qint64))) {
                const auto raw = qFromUnaligned<qint64>(value.data());
                time.offset = m_isSwapped ? qbswap(raw) : raw;
            }
            break;
        default:
            break;
        }
    };
    forEachOption(
        body.data, body.size, [this](const uchar *at) { return number16(at); }, take);
}

/// An enhanced packet block, or an obsolete one, whose interface has 16 bits.
CaptureReader::State CaptureReader::readTimed(const Body &body, bool isObsolete)
{
    constexpr quint32 fixedBytes = 20;
    if (body.size < fixedBytes)
        return damaged(tr("a packet block of %1 bytes").arg(body.size));
    m_interface = qsizetype(m_section) + (isObsolete ? number16(body.data) : number32(body.data));
    setTime(number32(body.data + 4), number32(body.data + 8));
    return take(m_interface, body, fixedBytes, number32(body.data + 12), number32(body.data + 16));
}

CaptureReader::State CaptureReader::readSimple(const Body &body)
{
    constexpr quint32 fixedBytes = 4;
    if (body.size < fixedBytes || m_section == m_interfaces.size())
        return damaged(tr("a packet block of %1 bytes").arg(body.size));
    const quint32 length = number32(body.data);
    const quint32 limit = m_interfaces[m_section].snapLength;
    const quint32 max = std::min(limit != 0 ? limit : maxPacketBytes, body.size - fixedBytes);
    m_interface = qsizetype(m_section);
    m_packet.timeUs = 0; // it has none
    m_packet.timeNs = 0;
    return take(m_interface, body, fixedBytes, std::min(length, max), length);
}

/// Interface statistics (section 4.6): they count from the beginning of the capture.
void CaptureReader::readStatistics(const Body &body)
{
    constexpr quint32 fixedBytes = 12;
    const size_t interface = body.size < fixedBytes ? m_interfaces.size() : m_section + number32(body.data);
    if (interface >= m_dropsOf.size())
        return;
    const auto take = [this, interface](quint16 code, QByteArrayView value) {
        const bool isDrops = code == interfaceDropsOption || code == systemDropsOption;
        if (!isDrops || value.size() != qsizetype(sizeof(quint64)))
            return;
        const auto raw = qFromUnaligned<quint64>(value.data());
        m_dropsOf[interface] = std::max(m_dropsOf[interface], m_isSwapped ? qbswap(raw) : raw);
    };
    forEachOption(
        body.data + fixedBytes, body.size - fixedBytes, [this](const uchar *at) { return number16(at); }, take);
}

quint64 CaptureReader::drops() const
{
    return std::accumulate(m_dropsOf.begin(), m_dropsOf.end(), quint64(0));
}

void CaptureReader::setTime(quint32 high, quint32 low)
{
    if (size_t(m_interface) < m_times.size())
        m_times[size_t(m_interface)].apply(quint64(high) << 32 | low, m_packet);
}

/// at: where the packet begins in body.
CaptureReader::State CaptureReader::take(qsizetype interface, const Body &body, quint32 at, quint32 captured,
                                         quint32 length)
{
    if (size_t(interface) >= m_interfaces.size())
        return damaged(tr("a packet of an interface that is not described"));
    if (captured > maxPacketBytes || captured > body.size - at)
        return damaged(tr("a packet of %1 bytes").arg(captured));
    m_interface = interface;
    m_packet.data = body.data + at;
    m_packet.at = body.at + at;
    m_packet.captured = captured;
    m_packet.length = length;
    m_packet.frame = ++m_packets;
    const quint32 optionsAt = at + ((captured + 3) & ~3U);
    if (m_format == Format::Pcapng && optionsAt < body.size)
        m_options = {body.data + optionsAt, body.size - optionsAt};
    return State::Packet;
}

QStringList CaptureReader::comments() const
{
    QStringList comments;
    const auto take = [&comments](quint16 code, QByteArrayView value) {
        if (code == packetCommentOption)
            comments.append(QString::fromUtf8(value));
    };
    forEachOption(
        m_options.data, m_options.size, [this](const uchar *at) { return number16(at); }, take);
    return comments;
}

/// There is no further packet. An incomplete record will be read again.
CaptureReader::State CaptureReader::atEnd()
{
    const qint64 size = m_file.size();
    if (m_file.error() != 0 || size < 0)
        return broken(tr("The file cannot be read: %1").arg(qt_error_string(m_file.error())));
    if (size < m_position)
        return broken(tr("The file became shorter while it was read"));
    if (m_position == 0)
        m_sentence = tr("The file ends before the first packet");
    else if (m_position < size)
        m_sentence = tr("The file ends in the middle of packet %1").arg(m_packets + 1);
    return State::End;
}

CaptureReader::State CaptureReader::broken(const QString &sentence)
{
    m_sentence = sentence;
    return State::Broken;
}

CaptureReader::State CaptureReader::damaged(const QString &why)
{
    return broken(tr("The capture is damaged after packet %1: %2").arg(m_packets).arg(why));
}
