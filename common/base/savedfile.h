// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>

/// A file that an export writes: under a temporary name beside its own until it is whole, then in place of what was there. Its
/// mode is 0666 less the umask, whatever was there before. Dropped unless it is published. QSaveFile keeps the mode of the file that it
/// replaces, replaces devices and FIFOs too, and loses the reason where a disk is full. Any one thread.
class SavedFile : public QIODevice
{
    Q_OBJECT
public:
    explicit SavedFile(const QString &path);
    ~SavedFile() override; ///< removes what is not published

    bool begin();   ///< opens it. Each of these: false: sentence() says why not
    bool finish();  ///< writes the rest and closes it; a file on a full disk fails here at the latest
    bool publish(); ///< after finish(): gives it its name

    QString path() const { return m_path; }
    bool hasFailed() const { return !m_reason.isEmpty(); }
    QString sentence() const; ///< names the file and the system's reason
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 mostBytes) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    bool flush();
    bool fail(const QString &reason);

    const QString m_path;
    QString m_reason;    ///< the first that anything failed for
    QByteArray m_target; ///< the path; of a symbolic link, that of the file it leads to
    QByteArray m_part;   ///< the temporary name, while there is such a file
    QByteArray m_buffer;
    int m_descriptor = -1;
};
