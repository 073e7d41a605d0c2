// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>

/// A file that an export writes. It has a temporary name in the same folder until it is complete, and then replaces
/// the previous file. Its mode is 0666 minus the umask, whatever file was there before. The file is removed unless
/// publish() is called. QSaveFile, in contrast, keeps the mode of the file that it replaces, replaces devices and
/// FIFOs too, and loses the reason if the disk is full. Any one thread.
class SavedFile : public QIODevice
{
    Q_OBJECT
public:
    explicit SavedFile(const QString &path);
    ~SavedFile() override; ///< removes the file unless it was published

    bool begin();   ///< opens the file. If begin(), finish() or publish() return false, sentence() says why
    bool finish();  ///< writes the rest and closes the file; a full disk is reported here at the latest
    bool publish(); ///< after finish(): gives the file its final name

    QString path() const { return m_path; }
    bool hasFailed() const { return !m_reason.isEmpty(); }
    QString sentence() const; ///< names the file and the system's reason
    bool isSequential() const override { return true; }

protected:
    qint64 readData(char *data, qint64 maxBytes) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    bool flush();
    bool fail(const QString &reason);

    const QString m_path;
    QString m_reason;    ///< the reason of the first failure
    QByteArray m_target; ///< the path, or the target if the path is a symbolic link
    QByteArray m_part;   ///< the temporary name while the temporary file exists
    QByteArray m_buffer;
    int m_descriptor = -1;
};
