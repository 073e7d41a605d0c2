// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "devicerecorder.h"

#include "linknetwork.h"

#include <QFile>
#include <QHash>

#include <pcap/pcap.h>

#include <algorithm>
#include <cstring>

namespace {

constexpr int snapLength = 9216; ///< each packet takes so much of the buffer: enough for an MTU of 9000
constexpr int bufferBytes = 32 * 1024 * 1024;
constexpr qint64 nsPerUs = 1000;
constexpr qint64 nsPerS = 1'000'000'000;

size_t hashOf(const unsigned char *bytes, size_t size)
{
    return qHashBits(bytes, std::min(size, size_t(snapLength)));
}

/// Whether the packet's source is the address of this end.
bool isFrom(Side end, const unsigned char *bytes, size_t size)
{
    constexpr size_t sourceAt4 = 12; // RFC 791, section 3.1
    constexpr size_t sourceAt6 = 8;  // RFC 8200, section 3
    const bool is4 = size > 0 && bytes[0] >> 4 == 4;
    const size_t at = is4 ? sourceAt4 : sourceAt6;
    const size_t length = is4 ? 4 : 16;
    static const std::array<SocketAddress, 4> addresses{
        LinkNetwork::socketAddress(Side::Client, 4), LinkNetwork::socketAddress(Side::Server, 4),
        LinkNetwork::socketAddress(Side::Client, 6), LinkNetwork::socketAddress(Side::Server, 6)};
    const SocketAddress &own = addresses[size_t(end) + (is4 ? 0 : 2)];
    return size >= at + length && std::memcmp(bytes + at, own.address.data(), length) == 0;
}

} // namespace

DeviceRecorder::DeviceRecorder(Side end)
    : m_end(end)
{
}

DeviceRecorder::~DeviceRecorder()
{
    if (m_dumper)
        pcap_dump_close(m_dumper);
    if (m_pcap)
        pcap_close(m_pcap);
}

QString DeviceRecorder::begin(const QString &path)
{
    char error[PCAP_ERRBUF_SIZE] = "";
    m_pcap = pcap_create(LinkNetwork::deviceName(m_end).toLocal8Bit().constData(), error);
    if (!m_pcap)
        return QString::fromLocal8Bit(error);
    pcap_set_snaplen(m_pcap, snapLength);
    pcap_set_immediate_mode(m_pcap, 1);
    pcap_set_buffer_size(m_pcap, bufferBytes);
    if (pcap_activate(m_pcap) >= 0 && pcap_setnonblock(m_pcap, 1, error) == 0)
        m_dumper = pcap_dump_open(m_pcap, QFile::encodeName(path).constData());
    return m_dumper && flush() ? QString() : QString::fromLocal8Bit(pcap_geterr(m_pcap));
}

DeviceRecorder::Place DeviceRecorder::placeOf(const QByteArray &packet, Way way, qint64 timeNs)
{
    drain();
    const auto *bytes = reinterpret_cast<const unsigned char *>(packet.constData());
    std::deque<Seen> &seen = m_seen.at(size_t(way));
    const auto found = std::ranges::find(seen, hashOf(bytes, size_t(packet.size())), &Seen::hash);
    if (found != seen.end()) {
        const Place place = found->place;
        seen.erase(seen.begin(), found + 1);
        return place;
    }
    pcap_pkthdr header{};
    header.ts.tv_sec = timeNs / nsPerS;
    header.ts.tv_usec = timeNs % nsPerS / nsPerUs;
    header.caplen = header.len = quint32(packet.size());
    return write(header, bytes);
}

void DeviceRecorder::drain()
{
    pcap_dispatch(m_pcap, -1, take, reinterpret_cast<unsigned char *>(this));
}

void DeviceRecorder::take(unsigned char *recorder, const pcap_pkthdr *header, const unsigned char *bytes)
{
    auto *self = reinterpret_cast<DeviceRecorder *>(recorder);
    const Way way = isFrom(self->m_end, bytes, header->caplen) ? Way::Sent : Way::Arrived;
    self->m_seen.at(size_t(way)).push_back({hashOf(bytes, header->caplen), self->write(*header, bytes)});
}

DeviceRecorder::Place DeviceRecorder::write(const pcap_pkthdr &header, const unsigned char *bytes)
{
    pcap_dump(reinterpret_cast<unsigned char *>(m_dumper), &header, bytes);
    return {++m_frames, header.ts.tv_sec * nsPerS + header.ts.tv_usec * nsPerUs};
}

bool DeviceRecorder::flush()
{
    return pcap_dump_flush(m_dumper) == 0;
}
