// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "devicerecorder.h"

#include <memory>

/// Records what each end of the link sees into a pcap file of its own. Used by one thread.
class LinkRecorder
{
public:
    explicit LinkRecorder(QString folder); ///< of the files, which are made by begin()

    /// Does nothing if it has begun. Returns why it cannot record, as the end of a sentence, or nothing.
    QString begin();
    bool isRecording() const { return m_devices[0] != nullptr; }
    QString path(Side end) const;
    quint32 frames(Side end) const; ///< so far

    /// As DeviceRecorder; frame 0: nothing is recorded.
    DeviceRecorder::Place sent(Side from, const QByteArray &packet, qint64 timeNs);
    DeviceRecorder::Place arrived(Side to, const QByteArray &packet, qint64 timeNs);
    /// Others can read what was recorded. False once, when a file cannot be written any more: then recording ends.
    bool flush();

private:
    DeviceRecorder::Place placeOf(Side end, const QByteArray &packet, DeviceRecorder::Way way, qint64 timeNs);

    const QString m_folder;
    std::array<std::unique_ptr<DeviceRecorder>, 2> m_devices; ///< by Side; null: nothing is recorded
    bool m_hasNew = false;
};
