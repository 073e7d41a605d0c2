// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pcapsource.h"

#include "packetsink.h"
#include "pcappacket.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int bufferBytes = 16 * 1024 * 1024; ///< in the kernel
constexpr int packetsAtOnce = 1024;
constexpr int mostAtTheEnd = 256; ///< batches that are read after stop(); a flood has no end
constexpr int dropMs = 1000;
constexpr int noTimeout = 1; ///< ms; immediate mode does not wait

void takePacket(u_char *sink, const pcap_pkthdr *header, const u_char *bytes)
{
    auto *to = reinterpret_cast<PacketSink *>(sink);
    to->take(capturedPacket(*header, bytes, to->packets() + 1));
}

} // namespace

PcapSource::PcapSource(const CaptureRequest &request, PacketSink &sink)
    : m_request(request)
    , m_sink(sink)
    , m_dropTimer(this)
{
    m_dropTimer.setInterval(dropMs);
    connect(&m_dropTimer, &QTimer::timeout, this, &PcapSource::askDropped);
}

PcapSource::~PcapSource()
{
    m_readable.reset();
    if (m_pcap)
        pcap_close(m_pcap);
}

void PcapSource::start()
{
    if (const auto problem = open()) {
        emit failed(*problem);
        return;
    }
    m_readable = std::make_unique<QSocketNotifier>(pcap_get_selectable_fd(m_pcap), QSocketNotifier::Read);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &PcapSource::readOn);
    m_dropTimer.start();
    emit started();
}

std::optional<CaptureProblem> PcapSource::open()
{
    char error[PCAP_ERRBUF_SIZE] = "";
    const QByteArray interface = m_request.interface.toLocal8Bit();
    m_pcap = pcap_create(interface.constData(), error);
    if (!m_pcap)
        return CaptureProblem{.reason = QString::fromLocal8Bit(error)};
    pcap_set_snaplen(m_pcap, int(PacketStream::longestPacket));
    pcap_set_promisc(m_pcap, 0);
    pcap_set_immediate_mode(m_pcap, 1);
    pcap_set_timeout(m_pcap, noTimeout);
    pcap_set_buffer_size(m_pcap, bufferBytes);
    const int status = pcap_activate(m_pcap); // positive: a warning
    if (status >= 0 && setFilter() && pcap_setnonblock(m_pcap, 1, error) == 0 && pcap_get_selectable_fd(m_pcap) >= 0) {
        if (!m_sink.begin(pcap_datalink(m_pcap)))
            return CaptureProblem{.reason = m_sink.error()};
        return std::nullopt;
    }
    const QString words = QString::fromLocal8Bit(pcap_geterr(m_pcap));
    return CaptureProblem{.isForbidden = status == PCAP_ERROR_PERM_DENIED || status == PCAP_ERROR_PROMISC_PERM_DENIED,
                          .reason = words.isEmpty() ? QString::fromLocal8Bit(pcap_statustostr(status)) : words};
}

bool PcapSource::setFilter()
{
    bpf_program program = {};
    const QByteArray filter = "tcp port " + QByteArray::number(m_request.port);
    if (pcap_compile(m_pcap, &program, filter.constData(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return false;
    const bool isSet = pcap_setfilter(m_pcap, &program) == 0;
    pcap_freecode(&program);
    return isSet;
}

int PcapSource::read()
{
    const int count = pcap_dispatch(m_pcap, packetsAtOnce, takePacket, reinterpret_cast<u_char *>(&m_sink));
    if (count > 0)
        emit batched();
    return count;
}

void PcapSource::readOn()
{
    if (read() >= 0)
        return;
    m_readable.reset();
    m_dropTimer.stop();
    emit failed({.reason = QString::fromLocal8Bit(pcap_geterr(m_pcap))}); // the interface is gone, for one
}

void PcapSource::stop()
{
    m_readable.reset();
    m_dropTimer.stop();
    for (int i = 0; i < mostAtTheEnd && read() > 0; ++i) { }
    askDropped();
    emit ended();
}

void PcapSource::askDropped()
{
    pcap_stat counts = {};
    if (pcap_stats(m_pcap, &counts) != 0)
        return;
    const qint64 now = qint64(counts.ps_drop) + counts.ps_ifdrop;
    if (now > std::exchange(m_dropped, now))
        emit dropped(now);
}
