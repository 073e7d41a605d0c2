// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkrecorder.h"

#include <QDir>

#include <algorithm>
#include <utility>

LinkRecorder::LinkRecorder(QString folder)
    : m_folder(std::move(folder))
{
}

QString LinkRecorder::begin()
{
    if (isRecording())
        return {};
    std::array<std::unique_ptr<DeviceRecorder>, 2> devices;
    for (const Side end : bothSides) {
        auto &device = devices.at(size_t(end));
        device = std::make_unique<DeviceRecorder>(end);
        if (const QString error = device->begin(path(end)); !error.isEmpty())
            return error;
    }
    m_devices = std::move(devices);
    return {};
}

QString LinkRecorder::path(Side end) const
{
    return QDir(m_folder).filePath(sideWords.at(size_t(end)) + QLatin1StringView(".pcap"));
}

quint32 LinkRecorder::frames(Side end) const
{
    const auto &device = m_devices.at(size_t(end));
    return device ? device->frames() : 0;
}

DeviceRecorder::Place LinkRecorder::sent(Side from, const QByteArray &packet, qint64 timeNs)
{
    return placeOf(from, packet, DeviceRecorder::Way::Sent, timeNs);
}

DeviceRecorder::Place LinkRecorder::arrived(Side to, const QByteArray &packet, qint64 timeNs)
{
    return placeOf(to, packet, DeviceRecorder::Way::Arrived, timeNs);
}

DeviceRecorder::Place LinkRecorder::placeOf(Side end, const QByteArray &packet, DeviceRecorder::Way way, qint64 timeNs)
{
    const auto &device = m_devices.at(size_t(end));
    if (!device)
        return {.timeNs = timeNs};
    m_hasNew = true;
    return device->placeOf(packet, way, timeNs);
}

bool LinkRecorder::flush()
{
    if (!std::exchange(m_hasNew, false))
        return true;
    const bool isWritten = std::ranges::all_of(
        m_devices, &DeviceRecorder::flush, [](const auto &device) -> auto & { return *device; });
    if (!isWritten)
        m_devices = {};
    return isWritten;
}
