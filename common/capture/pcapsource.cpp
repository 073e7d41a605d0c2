// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "pcapsource.h"

#include "capturefilter.h"
#include "loopbackcopies.h"
#include "pcappacket.h"

using namespace Qt::StringLiterals;

namespace {

constexpr int mebibyte = 1024 * 1024;
constexpr int packetsAtOnce = 1024;
constexpr int dropMs = 1000;
/// The kernel passes on a block of packets (256 KiB) when it is full or this old. With a shorter time more of each
/// block stays unused; a longer time is noticeable.
constexpr int handOutMs = 2;
/// Some kernels measure this time in ticks and need two of them, at most 20 ms.
constexpr int libpcapQuietMs = 25;

void takePacket(u_char *sink, const pcap_pkthdr *header, const u_char *bytes)
{
    auto *to = reinterpret_cast<PacketSink *>(sink);
    to->take(capturedPacket(*header, bytes, to->packets() + 1));
}

} // namespace

PcapSource::PcapSource(const CaptureRequest &request, SegmentQueue &queue)
    : LiveSource(request, queue, libpcapQuietMs)
    , m_dropTimer(this)
{
    m_dropTimer.setInterval(dropMs);
    connect(&m_dropTimer, &QTimer::timeout, this, &PcapSource::tellDropped);
    connect(&lastPackets(), &LastPackets::read, this, &PcapSource::end);
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
    emit started(sink().path(), sink().path());
}

std::optional<CaptureProblem> PcapSource::open()
{
    char error[PCAP_ERRBUF_SIZE] = "";
    const QByteArray interface = request().interface.toLocal8Bit();
    m_pcap = pcap_create(interface.constData(), error);
    if (!m_pcap)
        return CaptureProblem{.reason = QString::fromLocal8Bit(error)};
    pcap_set_snaplen(m_pcap, int(PacketStream::maxPacketBytes));
    pcap_set_promisc(m_pcap, 0);
    pcap_set_timeout(m_pcap, handOutMs); // not immediate mode, where each packet takes a slot of the snapshot length
    pcap_set_buffer_size(m_pcap, request().bufferMiB * mebibyte);
    const int status = pcap_activate(m_pcap); // positive: a warning
    if (status >= 0 && setFilter() && pcap_setnonblock(m_pcap, 1, error) == 0 && pcap_get_selectable_fd(m_pcap) >= 0) {
        LoopbackCopies::leaveOut(pcap_fileno(m_pcap));
        m_foreignDrops = askDropped();
        if (!sink().begin(pcap_datalink(m_pcap)))
            return CaptureProblem{.reason = sink().error()};
        return std::nullopt;
    }
    const QString words = QString::fromLocal8Bit(pcap_geterr(m_pcap));
    return CaptureProblem{.isForbidden = status == PCAP_ERROR_PERM_DENIED || status == PCAP_ERROR_PROMISC_PERM_DENIED,
                          .reason = words.isEmpty() ? QString::fromLocal8Bit(pcap_statustostr(status)) : words};
}

bool PcapSource::setFilter()
{
    bpf_program program = {};
    const QByteArray filter = CaptureFilter::ofPort(request().port);
    if (pcap_compile(m_pcap, &program, filter.constData(), 1, PCAP_NETMASK_UNKNOWN) != 0)
        return false;
    const bool isSet = pcap_setfilter(m_pcap, &program) == 0;
    pcap_freecode(&program);
    return isSet;
}

int PcapSource::read()
{
    const int count = pcap_dispatch(m_pcap, packetsAtOnce, takePacket, reinterpret_cast<u_char *>(&sink()));
    if (count > 0) {
        finishBatch();
    }
    return count;
}

void PcapSource::tellDropped()
{
    const qint64 now = askDropped() - m_foreignDrops;
    if (now <= m_dropped)
        return;
    m_dropped = now;
    emit dropped(now, true);
}

void PcapSource::readOn()
{
    if (read() >= 0)
        return;
    m_readable.reset();
    m_dropTimer.stop();
    lastPackets().cancel();
    emit failed({.reason = QString::fromLocal8Bit(pcap_geterr(m_pcap))}); // for example since the interface is gone
}

void PcapSource::stop()
{
    lastPackets().await();
}

void PcapSource::end()
{
    while (read() > 0 && !lastPackets().arePast()) { } // in case this thread did not run for so long
    m_readable.reset();
    m_dropTimer.stop();
    tellDropped();
    emit ended();
}

/// Returns 0 on an error.
qint64 PcapSource::askDropped() const
{
    pcap_stat counts = {};
    // Not ps_ifdrop: what the interface dropped for any receiver.
    return pcap_stats(m_pcap, &counts) == 0 ? counts.ps_drop : 0;
}

#include "moc_pcapsource.cpp"
