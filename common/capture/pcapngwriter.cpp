// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pcapngwriter.h"

#include "base/exportprogress.h"
#include "base/plainfile.h"
#include "packetfile.h"
#include "pcappacket.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <cstring>

using namespace Qt::StringLiterals;

namespace {

struct PcapngWriterStrings {
    Q_DECLARE_TR_FUNCTIONS(PcapngWriter)
};

// draft-ietf-opsawg-pcapng, sections 4.1 to 4.3 and 4.6
constexpr quint32 sectionHeader = 0x0a0d0d0a;
constexpr quint32 interfaceDescription = 1;
constexpr quint32 interfaceStatistics = 5;
constexpr quint32 enhancedPacket = 6;
constexpr quint32 byteOrderMagic = 0x1a2b3c4d;
constexpr quint16 endOfOptions = 0;
constexpr quint16 commentOption = 1;
constexpr quint16 applicationOption = 4; ///< of a section header
constexpr quint16 resolutionOption = 9;  ///< of an interface
constexpr quint16 systemDropsOption = 7; ///< of interface statistics
constexpr char nanosecondResolution = 9;
constexpr qsizetype maxOptionBytes = 0xffff;

/// In the byte order of this machine, which the section header states.
template<typename Number>
void append(QByteArray &bytes, Number number)
{
    char raw[sizeof number];
    std::memcpy(raw, &number, sizeof number);
    bytes.append(raw, sizeof raw);
}

void pad(QByteArray &bytes)
{
    bytes.append((4 - bytes.size() % 4) % 4, '\0');
}

/// Cuts between two characters.
QByteArray cut(const QByteArray &utf8)
{
    qsizetype size = qMin(utf8.size(), maxOptionBytes);
    while (size < utf8.size() && (utf8.at(size) & 0xc0) == 0x80)
        --size;
    return utf8.left(size);
}

void appendOption(QByteArray &bytes, quint16 code, const QByteArray &value)
{
    append(bytes, code);
    append(bytes, quint16(value.size()));
    bytes.append(value);
    pad(bytes);
}

} // namespace

bool PcapngWriter::begin()
{
    QByteArray section;
    append(section, byteOrderMagic);
    append(section, quint16(1)); // version 1.0
    append(section, quint16(0));
    append(section, qint64(-1)); // of unknown length
    appendOption(section, applicationOption, "TCP Steps " TCPSTEPS_VERSION);
    appendOption(section, endOfOptions, {});
    return writeBlock(sectionHeader, section);
}

bool PcapngWriter::addInterface(const PacketInterface &interface)
{
    QByteArray block;
    append(block, quint16(interface.linkType == DLT_RAW ? linkTypeRaw : interface.linkType));
    append(block, quint16(0));
    append(block, interface.snapLength);
    for (const auto &[code, value] : interface.texts)
        appendOption(block, code, value);
    if (interface.hasNanoseconds) // otherwise, times are in microseconds
        appendOption(block, resolutionOption, QByteArray(1, nanosecondResolution));
    if (interface.hasNanoseconds || !interface.texts.empty())
        appendOption(block, endOfOptions, {});
    m_interfaces.push_back({.hasNanoseconds = interface.hasNanoseconds});
    return writeBlock(interfaceDescription, block);
}

bool PcapngWriter::write(const CapturedPacket &packet, const QStringList &comments, quint32 interface)
{
    const bool hasNanoseconds = m_interfaces[interface].hasNanoseconds;
    const quint64 time = hasNanoseconds ? quint64(packet.timeUs) * 1000 + packet.timeNs : quint64(packet.timeUs);
    m_interfaces[interface].lastTime = time;
    QByteArray block;
    append(block, interface);
    append(block, quint32(time >> 32));
    append(block, quint32(time));
    append(block, packet.captured);
    append(block, packet.length);
    block.append(reinterpret_cast<const char *>(packet.data), qsizetype(packet.captured));
    pad(block);
    for (const QString &comment : comments)
        appendOption(block, commentOption, cut(comment.toUtf8()));
    if (!comments.isEmpty())
        appendOption(block, endOfOptions, {});
    return writeBlock(enhancedPacket, block);
}

bool PcapngWriter::writeDrops(quint64 drops, quint32 interface)
{
    const quint64 time = m_interfaces[interface].lastTime;
    QByteArray block;
    append(block, interface);
    append(block, quint32(time >> 32));
    append(block, quint32(time));
    QByteArray count;
    append(count, drops);
    appendOption(block, systemDropsOption, count);
    appendOption(block, endOfOptions, {});
    return writeBlock(interfaceStatistics, block);
}

bool PcapngWriter::writeBlock(quint32 type, const QByteArray &body)
{
    QByteArray block;
    const auto length = quint32(body.size() + 3 * qsizetype(sizeof(quint32)));
    append(block, type);
    append(block, length);
    block.append(body);
    append(block, length);
    return m_device.write(block) == block.size();
}

QString writeCommentedCapture(const QString &from, QIODevice &to, const CommentsOf &comments, quint64 drops,
                              const PacketFilter &filter, ExportProgress *progress)
{
    PacketFile in(from);
    const qint64 size = QFileInfo(from).size();
    PcapngWriter writer(to);
    bool goesOn = writer.begin();
    for (size_t interfaces = 0; goesOn;) {
        const PacketFile::State state = in.next();
        if (state == PacketFile::State::Broken && in.packets() == 0)
            return PcapngWriterStrings::tr("Cannot read %1: %2.").arg(from, in.sentence());
        if (state != PacketFile::State::More) {
            const CaptureReader &reader = in.reader();
            for (; goesOn && interfaces < reader.interfaces().size(); ++interfaces)
                goesOn = writer.addInterface(reader.interfaces()[interfaces]);
            if (state != PacketFile::State::Packet) {
                drops += reader.drops();
                if (goesOn && drops > 0 && interfaces > 0)
                    writer.writeDrops(drops);
                return {};
            }
            const CapturedPacket &packet = reader.packet();
            if (!filter || filter(packet.frame))
                goesOn = goesOn &&
                         writer.write(packet, reader.comments() + comments(packet.frame), quint32(reader.interface()));
        }
        if (!progress)
            continue;
        progress->set(in.position(), size);
        goesOn = goesOn && !progress->isCancelled();
    }
    return {};
}

QString writeCommentedCapture(const QString &from, const QString &to, const PacketComments &comments, quint64 drops)
{
    const auto cannotWrite = [&to](const QString &reason) {
        return PcapngWriterStrings::tr("Cannot write %1: %2.").arg(to, reason);
    };
    if (const QString obstacle = PlainFile::obstacle(to); !obstacle.isEmpty())
        return cannotWrite(obstacle);
    QSaveFile out(to);
    if (!out.open(QIODevice::WriteOnly))
        return cannotWrite(out.errorString());
    out.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    const auto commentsOf = [&comments](quint32 frame) {
        const auto found = comments.find(frame);
        return found == comments.end() ? QStringList() : found->second;
    };
    const QString error = writeCommentedCapture(from, out, commentsOf, drops);
    if (!error.isEmpty())
        return error;
    return out.commit() ? QString() : cannotWrite(out.errorString());
}
