// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentcapture.h"

#include <QTemporaryDir>

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <vector>

/// The far end of a TUN device: what the kernel sends to 192.0.2.2 can be read here, and the kernel receives what is
/// written here. The near end has the address 192.0.2.1. Use it in a private network. Closes the device when it goes.
class TunPeer
{
public:
    TunPeer() = default;
    ~TunPeer()
    {
        if (m_device >= 0)
            close(m_device);
    }
    Q_DISABLE_COPY_MOVE(TunPeer)

    /// Returns an empty string, or why there is no such device.
    QString open()
    {
        m_device = ::open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
        if (m_device < 0)
            openOwn();
        if (m_device < 0)
            return QStringLiteral("/dev/net/tun cannot be opened or made: ") + qt_error_string();
        ifreq request{};
        qstrncpy(request.ifr_name, "peer0", IFNAMSIZ);
        request.ifr_flags = IFF_TUN | IFF_NO_PI;
        if (ioctl(m_device, TUNSETIFF, &request) != 0)
            return QStringLiteral("no TUN device: ") + qt_error_string();
        const int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        const bool isUp = setAddress(control, SIOCSIFADDR, "192.0.2.1") &&
                          setAddress(control, SIOCSIFNETMASK, "255.255.255.0") && setUp(control);
        close(control);
        return isUp ? QString() : QStringLiteral("the TUN device cannot be set up: ") + qt_error_string();
    }

    static SocketAddress near(quint16 port) { return address(1, port); }
    static SocketAddress far(quint16 port) { return address(2, port); }

    /// The TCP segments that the kernel has sent since the last call.
    std::vector<Segment> take()
    {
        std::vector<Segment> segments;
        QByteArray bytes(65536, '\0');
        for (ssize_t size = 0; (size = read(m_device, bytes.data(), size_t(bytes.size()))) > 0;) {
            Segment segment;
            constexpr int rawIp = 101;
            const Packets::Packet packet{bytes.first(size)};
            if (Decoder::decode(rawIp, Packets::captured(packet, 0, ++m_frame), segment) == Decoded::Segment)
                segments.push_back(segment);
        }
        return segments;
    }

    /// Passes a segment to the kernel. Its payload is zeros.
    void send(const Segment &segment) { send(packetOf(segment)); }
    /// Passes a packet with its IP header to the kernel.
    void send(const QByteArray &packet)
    {
        if (write(m_device, packet.constData(), size_t(packet.size())) != packet.size())
            qFatal("a packet was not passed to the kernel");
    }

private:
    static SocketAddress address(quint8 last, quint16 port)
    {
        SocketAddress address;
        address.address = {192, 0, 2, last};
        address.port = port;
        return address;
    }

    /// Containers often lack the device's node; root can make one.
    void openOwn()
    {
        const QTemporaryDir folder;
        const QByteArray path = folder.filePath(QStringLiteral("tun")).toLocal8Bit();
        if (mknod(path.constData(), S_IFCHR | 0600, makedev(10, 200)) == 0)
            m_device = ::open(path.constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    }

    static bool setAddress(int control, unsigned long what, const char *address)
    {
        ifreq request{};
        qstrncpy(request.ifr_name, "peer0", IFNAMSIZ);
        auto *end = reinterpret_cast<sockaddr_in *>(&request.ifr_addr);
        end->sin_family = AF_INET;
        inet_pton(AF_INET, address, &end->sin_addr);
        return ioctl(control, what, &request) == 0;
    }

    static bool setUp(int control)
    {
        ifreq request{};
        qstrncpy(request.ifr_name, "peer0", IFNAMSIZ);
        request.ifr_flags = IFF_UP;
        return ioctl(control, SIOCSIFFLAGS, &request) == 0;
    }

    int m_device = -1;
    quint32 m_frame = 0;
};
