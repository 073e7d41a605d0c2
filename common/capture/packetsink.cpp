// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packetsink.h"

#include "packets/decoder.h"
#include "pcappacket.h"

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 recordHeaderBytes = 16; ///< of pcap

struct PacketSinkStrings {
    Q_DECLARE_TR_FUNCTIONS(PacketSink)
};

} // namespace

PacketSink::PacketSink(QString path)
    : m_path(std::move(path))
{
}

PacketSink::~PacketSink()
{
    if (m_dumper)
        pcap_dump_close(m_dumper);
    if (m_format)
        pcap_close(m_format);
}

bool PacketSink::open()
{
    constexpr auto onlyOwner = QFile::ReadOwner | QFile::WriteOwner;
    if (!m_path.isEmpty()) {
        m_file = std::make_unique<QFile>(m_path);
        return m_file->open(QIODevice::WriteOnly | QIODevice::Truncate, onlyOwner);
    }
    auto file = std::make_unique<QTemporaryFile>(QDir::tempPath() + "/tcp-steps-XXXXXX.pcap"_L1);
    const bool isOpen = file->open();
    m_path = file->fileName();
    m_file = std::move(file);
    return isOpen;
}

bool PacketSink::begin(int linkType)
{
    m_linkType = linkType;
    if (!open()) {
        fail(m_file->errorString());
        return false;
    }
    m_format = pcap_open_dead(linkType == linkTypeRaw ? DLT_RAW : linkType, int(PacketStream::maxPacketBytes));
    const int descriptor = fcntl(m_file->handle(), F_DUPFD_CLOEXEC, 0);
    FILE *file = descriptor < 0 ? nullptr : fdopen(descriptor, "wb");
    m_dumper = file ? pcap_dump_fopen(m_format, file) : nullptr;
    if (m_dumper)
        return flush();
    fail(file ? QString::fromLocal8Bit(pcap_geterr(m_format)) : qt_error_string(errno));
    if (file)
        fclose(file);
    else if (descriptor >= 0)
        close(descriptor);
    return false;
}

void PacketSink::take(const CapturedPacket &packet)
{
    m_packets = packet.frame;
    m_lastUs = packet.timeUs;
    if (m_dumper) {
        pcap_pkthdr header = {};
        header.ts.tv_sec = time_t(packet.timeUs / 1'000'000);
        header.ts.tv_usec = suseconds_t(packet.timeUs % 1'000'000);
        header.caplen = packet.captured;
        header.len = packet.length;
        pcap_dump(reinterpret_cast<u_char *>(m_dumper), &header, packet.data);
    }
    CapturedPacket kept = packet;
    kept.at = m_dumper ? m_end + recordHeaderBytes : -1;
    m_end += recordHeaderBytes + packet.captured;
    Segment segment;
    const Decoded kind = Decoder::decode(m_linkType, kept, segment);
    m_leftOut.add(kind, m_linkType);
    if (kind != Decoded::Segment)
        return;
    m_isOfOneMachine = segment.source.address == segment.destination.address;
    m_segments.push_back(std::move(segment));
}

bool PacketSink::flush()
{
    if (m_dumper && (pcap_dump_flush(m_dumper) != 0 || ferror(pcap_dump_file(m_dumper)) != 0))
        fail(qt_error_string(errno));
    return m_error.isEmpty();
}

void PacketSink::fail(const QString &reason)
{
    m_error = PacketSinkStrings::tr("Cannot write %1: %2.").arg(m_path, reason);
    if (m_dumper)
        pcap_dump_close(std::exchange(m_dumper, nullptr));
}
