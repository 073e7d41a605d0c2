// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pcapngwriter.h"

#include "base/exportprogress.h"
#include "base/plainfile.h"
#include "pcappacket.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

#include <cstring>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

struct PcapngWriterStrings {
    Q_DECLARE_TR_FUNCTIONS(PcapngWriter)
};

// draft-ietf-opsawg-pcapng, sections 4.1 to 4.3
constexpr quint32 sectionHeader = 0x0a0d0d0a;
constexpr quint32 interfaceDescription = 1;
constexpr quint32 enhancedPacket = 6;
constexpr quint32 byteOrderMagic = 0x1a2b3c4d;
constexpr quint16 endOfOptions = 0;
constexpr quint16 commentOption = 1;
constexpr quint16 applicationOption = 4; ///< of a section header
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

struct CloseCapture {
    void operator()(pcap_t *capture) const { pcap_close(capture); }
};

} // namespace

bool PcapngWriter::begin(int linkType, quint32 snapLength)
{
    QByteArray section;
    append(section, byteOrderMagic);
    append(section, quint16(1)); // version 1.0
    append(section, quint16(0));
    append(section, qint64(-1)); // of unknown length
    appendOption(section, applicationOption, "TCP Steps " TCPSTEPS_VERSION);
    appendOption(section, endOfOptions, {});
    if (!writeBlock(sectionHeader, section))
        return false;

    QByteArray interface;
    append(interface, quint16(linkType == DLT_RAW ? linkTypeRaw : linkType));
    append(interface, quint16(0));
    append(interface, snapLength);
    return writeBlock(interfaceDescription, interface); // without an option, times are in microseconds
}

bool PcapngWriter::write(const CapturedPacket &packet, const QStringList &comments)
{
    QByteArray block;
    append(block, quint32(0)); // of the one interface
    append(block, quint32(quint64(packet.timeUs) >> 32));
    append(block, quint32(quint64(packet.timeUs)));
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

QString writeCommentedCapture(const QString &from, QIODevice &to, const CommentsOf &comments, ExportProgress *progress)
{
    char error[PCAP_ERRBUF_SIZE] = "";
    const std::unique_ptr<pcap_t, CloseCapture> in(pcap_open_offline_with_tstamp_precision(
        QFile::encodeName(from).constData(), PCAP_TSTAMP_PRECISION_MICRO, error));
    if (!in)
        return PcapngWriterStrings::tr("Cannot read %1: %2.").arg(from, QString::fromLocal8Bit(error));
    const qint64 size = QFileInfo(from).size();
    PcapngWriter writer(to);
    bool goesOn = writer.begin(pcap_datalink(in.get()), quint32(pcap_snapshot(in.get())));
    pcap_pkthdr *header = nullptr;
    const u_char *bytes = nullptr;
    for (quint32 frame = 1; goesOn && pcap_next_ex(in.get(), &header, &bytes) == 1; ++frame) {
        goesOn = writer.write(capturedPacket(*header, bytes, frame), comments(frame));
        if (!progress)
            continue;
        progress->set(ftello(pcap_file(in.get())), size);
        goesOn = goesOn && !progress->isCancelled();
    }
    return {};
}

QString writeCommentedCapture(const QString &from, const QString &to, const PacketComments &comments)
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
    const QString error = writeCommentedCapture(from, out, commentsOf);
    if (!error.isEmpty())
        return error;
    return out.commit() ? QString() : cannotWrite(out.errorString());
}
