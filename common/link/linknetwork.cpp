// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linknetwork.h"

#include <QFile>
#include <QNetworkInterface>
#include <QProcessEnvironment>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

struct KernelSetting {
    QLatin1StringView name; ///< below net
    QLatin1StringView value;
    bool isOptional = false; ///< not every kernel has it
};

/// What makes runs repeat.
constexpr std::array tcpSettings{
    KernelSetting{"ipv4/tcp_no_metrics_save"_L1, "1"_L1}, // a timeout would begin where the last connection's ended
    KernelSetting{"ipv4/tcp_syn_linear_timeouts"_L1, "0"_L1, true}, // Linux 6.5
    KernelSetting{"ipv4/tcp_congestion_control"_L1, "reno"_L1},
};

/// Packets from a local address arrive, and nothing is sent that nobody asked for. New devices get the default.
constexpr std::array deviceSettings{
    KernelSetting{"ipv4/conf/all/accept_local"_L1, "1"_L1},
    KernelSetting{"ipv4/conf/default/accept_local"_L1, "1"_L1},
    KernelSetting{"ipv4/conf/all/rp_filter"_L1, "0"_L1},
    KernelSetting{"ipv4/conf/default/rp_filter"_L1, "0"_L1},
    KernelSetting{"ipv6/conf/default/addr_gen_mode"_L1, "1"_L1, true}, // without IPv6, the link carries IPv4
    KernelSetting{"ipv6/conf/default/router_solicitations"_L1, "0"_L1, true},
};

constexpr int minMtu6 = 1280; // RFC 8200, section 5

QString settingPath(QLatin1StringView name)
{
    return "/proc/sys/net/"_L1 + name;
}

bool writeSetting(const KernelSetting &setting)
{
    QFile file(settingPath(setting.name));
    if (!file.exists())
        return setting.isOptional;
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
           file.write(setting.value.data(), setting.value.size()) == setting.value.size();
}

bool hasIp6()
{
    return QFile::exists(settingPath("ipv6/conf/default/addr_gen_mode"_L1));
}

QByteArray deviceCommands(int mtu)
{
    QByteArray commands;
    for (const Side end : bothSides)
        commands += u"link set %1 multicast off txqueuelen 10000 mtu %2 up\n"_s.arg(LinkNetwork::deviceName(end))
                        .arg(mtu)
                        .toLatin1();
    return commands;
}

QByteArray mtuCommands(int mtu)
{
    QByteArray commands;
    for (const Side end : bothSides)
        commands += u"link set %1 mtu %2\n"_s.arg(LinkNetwork::deviceName(end)).arg(mtu).toLatin1();
    return commands;
}

/// The routes, in a table of their own for each end.
QByteArray routeCommands(int ipVersion, bool isPatient)
{
    QByteArray commands;
    for (const Side end : bothSides)
        commands += u"route replace %1 dev %2 src %3 table %4%5\n"_s
                        .arg(LinkNetwork::address(otherEnd(end), ipVersion), LinkNetwork::deviceName(end),
                             LinkNetwork::address(end, ipVersion))
                        .arg(100 + int(end))
                        .arg(isPatient ? " rto_min 3s"_L1 : ""_L1)
                        .toLatin1();
    return commands;
}

QByteArray addressCommands(int ipVersion)
{
    const auto options = ipVersion == 4 ? "/32"_L1 : "/128"_L1;
    const auto more = ipVersion == 4 ? ""_L1 : " nodad"_L1;
    QByteArray commands;
    for (const Side end : bothSides)
        commands += u"address replace %1%2 dev %3%4\n"_s
                        .arg(LinkNetwork::address(end, ipVersion), options, LinkNetwork::deviceName(end), more)
                        .toLatin1();
    return commands;
}

/// What comes from a device is for this machine; otherwise what goes to an end leaves through the device of the other
/// one, before the table of local addresses would deliver it over loopback.
QByteArray ruleCommands(int ipVersion)
{
    QByteArray commands;
    for (const Side end : bothSides) {
        commands +=
            u"rule add pref %1 iif %2 lookup local\n"_s.arg(10 + int(end)).arg(LinkNetwork::deviceName(end)).toLatin1();
        commands += u"rule add pref %1 to %2 lookup %3\n"_s.arg(12 + int(end))
                        .arg(LinkNetwork::address(otherEnd(end), ipVersion))
                        .arg(100 + int(end))
                        .toLatin1();
    }
    return commands + "rule add pref 100 lookup local\nrule del pref 0\n";
}

/// A device that is up, other than loopback. The link's settings and rules would apply to its network, too.
QString otherDevice()
{
    const QList<QNetworkInterface> devices = QNetworkInterface::allInterfaces();
    const auto other = std::find_if(devices.begin(), devices.end(), [](const QNetworkInterface &device) {
        return device.flags().testFlag(QNetworkInterface::IsUp) &&
               !device.flags().testFlag(QNetworkInterface::IsLoopBack);
    });
    return other == devices.end() ? QString() : other->name();
}

} // namespace

LinkNetwork::LinkNetwork(QObject *parent)
    : QObject(parent)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, environment.value(u"PATH"_s) + ":/usr/sbin:/sbin"_L1);
    m_ip.setProcessEnvironment(environment);
    m_ip.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_ip, &QProcess::finished, this, &LinkNetwork::finished);
    connect(&m_ip, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(tr("the command ip (iproute2) cannot be started: %1").arg(m_ip.errorString()));
    });
}

/// A process that still runs finishes when it goes, after the list has gone.
LinkNetwork::~LinkNetwork()
{
    m_ip.disconnect(this);
    m_ip.close();
}

QString LinkNetwork::address(Side end, int ipVersion)
{
    return (ipVersion == 4 ? "192.0.2."_L1 : "2001:db8::"_L1) + QString::number(int(end) + 1);
}

SocketAddress LinkNetwork::socketAddress(Side end, int ipVersion)
{
    const QString address = LinkNetwork::address(end, ipVersion);
    return *SocketAddress::fromText(ipVersion == 4 ? address + ":0"_L1 : u'[' + address + "]:0"_L1);
}

QString LinkNetwork::deviceName(Side end)
{
    return sideWords.at(size_t(end)) + u'0';
}

void LinkNetwork::setUp()
{
    if (const QString name = otherDevice(); !name.isEmpty()) {
        fail(tr("this network already has the device %1").arg(name));
        return;
    }
    if (!writeSettings() || !openDevices())
        return;
    run({}, deviceCommands(m_mtu) + addressCommands(4) + routeCommands(4, m_isPatient) + ruleCommands(4));
    if (!hasIp6())
        return;
    const QByteArray addresses = m_mtu >= minMtu6 ? addressCommands(6) + routeCommands(6, m_isPatient) : QByteArray();
    run({u"-6"_s}, addresses + ruleCommands(6));
}

void LinkNetwork::setMtu(int mtu)
{
    const int before = std::exchange(m_mtu, mtu);
    if (mtu == before || !device(Side::Client))
        return;
    run({}, mtuCommands(mtu));
    if (before < minMtu6 && mtu >= minMtu6 && hasIp6())
        run({u"-6"_s}, addressCommands(6) + routeCommands(6, m_isPatient));
}

void LinkNetwork::setPatient(bool isPatient)
{
    if (std::exchange(m_isPatient, isPatient) == isPatient || !device(Side::Client))
        return;
    run({}, routeCommands(4, isPatient));
    if (m_mtu >= minMtu6 && hasIp6())
        run({u"-6"_s}, routeCommands(6, isPatient));
}

QStringList LinkNetwork::congestionControls()
{
    QFile file(settingPath("ipv4/tcp_allowed_congestion_control"_L1));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromLatin1(file.readAll()).simplified().split(u' ', Qt::SkipEmptyParts);
}

bool LinkNetwork::setCongestionControl(const QString &name)
{
    const QByteArray value = name.toLatin1();
    return congestionControls().contains(name) &&
           writeSetting({.name = "ipv4/tcp_congestion_control"_L1, .value = QLatin1StringView(value)});
}

QStringList LinkNetwork::settings()
{
    QStringList lines;
    for (const KernelSetting &setting : tcpSettings) {
        QFile file(settingPath(setting.name));
        if (file.open(QIODevice::ReadOnly))
            lines.append(u"net.%1 = %2"_s.arg(QString(setting.name).replace(u'/', u'.'),
                                              QString::fromLatin1(file.readAll()).trimmed()));
    }
    return lines;
}

quint64 LinkNetwork::drops()
{
    constexpr qsizetype received = 4; // of 16 columns: bytes, packets, errors, drops, …
    constexpr qsizetype sent = 12;
    QFile file(u"/proc/thread-self/net/dev"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    quint64 drops = 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() <= sent)
            continue;
        for (const Side end : bothSides) {
            if (words.constFirst() == deviceName(end).toLatin1() + ':')
                drops += words.at(received).toULongLong() + words.at(sent).toULongLong();
        }
    }
    return drops;
}

bool LinkNetwork::writeSettings()
{
    const auto isWrong = [](const KernelSetting &setting) { return !writeSetting(setting); };
    for (const KernelSetting &setting : tcpSettings) {
        if (isWrong(setting)) {
            fail(tr("net.%1 cannot be set").arg(QString(setting.name).replace(u'/', u'.')));
            return false;
        }
    }
    const auto wrong = std::find_if(deviceSettings.begin(), deviceSettings.end(), isWrong);
    if (wrong != deviceSettings.end())
        fail(tr("net.%1 cannot be set").arg(QString(wrong->name).replace(u'/', u'.')));
    return wrong == deviceSettings.end();
}

bool LinkNetwork::openDevices()
{
    for (const Side end : bothSides) {
        QString error;
        m_devices.at(size_t(end)) = TunDevice::open(deviceName(end), error);
        if (!error.isEmpty()) {
            fail(error);
            return false;
        }
    }
    return true;
}

void LinkNetwork::run(const QStringList &options, const QByteArray &commands)
{
    m_batches.append({options, commands});
    if (m_batches.size() == 1)
        runNext();
}

void LinkNetwork::runNext()
{
    const Batch &batch = m_batches.constFirst();
    m_ip.start(u"ip"_s, batch.options + QStringList{u"-batch"_s, u"-"_s});
    m_ip.write(batch.commands);
    m_ip.closeWriteChannel();
}

void LinkNetwork::finished(int exitCode)
{
    if (exitCode != 0 || m_ip.exitStatus() != QProcess::NormalExit) {
        fail(tr("the network of the link cannot be set up: %1")
                 .arg(QString::fromLocal8Bit(m_ip.readAll()).simplified()));
        return;
    }
    m_batches.removeFirst();
    if (!m_batches.isEmpty())
        runNext();
    else
        emit ready();
}

void LinkNetwork::fail(const QString &sentence)
{
    m_batches.clear();
    emit failed(sentence);
}

#include "moc_linknetwork.cpp"
