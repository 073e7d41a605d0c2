// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "tundevice.h"

#include <QCoreApplication>

#include <cerrno>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace {

struct TunDeviceStrings {
    Q_DECLARE_TR_FUNCTIONS(TunDevice)
};

constexpr const char *tunPath = "/dev/net/tun";

} // namespace

std::unique_ptr<TunDevice> TunDevice::open(const QString &name, QString &error)
{
    const int descriptor = ::open(tunPath, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        error = TunDeviceStrings::tr("%1 cannot be opened: %2").arg(QLatin1StringView(tunPath), qt_error_string(errno));
        return {};
    }
    std::unique_ptr<TunDevice> device(new TunDevice(descriptor, name));
    ifreq request{};
    qstrncpy(request.ifr_name, name.toLatin1().constData(), IFNAMSIZ);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (ioctl(descriptor, TUNSETIFF, &request) == 0)
        return device;
    error = TunDeviceStrings::tr("the TUN device %1 cannot be made: %2").arg(name, qt_error_string(errno));
    return {};
}

TunDevice::TunDevice(int descriptor, const QString &name)
    : m_descriptor(descriptor)
    , m_name(name)
    , m_buffer(maxPacketBytes, Qt::Uninitialized)
{
}

TunDevice::~TunDevice()
{
    close(m_descriptor);
}

QByteArray TunDevice::read()
{
    ssize_t size = 0;
    do
        size = ::read(m_descriptor, m_buffer.data(), size_t(m_buffer.size()));
    while (size < 0 && errno == EINTR);
    return size <= 0 ? QByteArray() : QByteArray(m_buffer.constData(), size);
}

bool TunDevice::write(const QByteArray &packet)
{
    ssize_t size = 0;
    do
        size = ::write(m_descriptor, packet.constData(), size_t(packet.size()));
    while (size < 0 && errno == EINTR);
    return size == packet.size();
}
