// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "base/errand.h"
#include "streamrows.h"

#include <QCache>

#include <memory>

/// Follows the stream of a connection for a view: divides it into rows, reads the rows that are shown, and searches.
/// Keeps a few blocks of the stream in memory, not all of it. Reads the files on threads of its own, except for the
/// blocks that are shown. Owned by a view; lives on its thread.
class StreamReader : public QObject
{
    Q_OBJECT
public:
    explicit StreamReader(QObject *parent = nullptr);

    /// Shows a flow, whose payload is in these capture files (by Segment::payloadFile). flow must outlive this object,
    /// or the next call; null: nothing.
    void show(const Flow *flow, const QStringList &paths);
    void setOnly(std::optional<Side> only); ///< the stream of one sender; nothing: both
    void setForm(StreamForm form);
    StreamForm form() const { return m_index.form(); }
    void update(); ///< the flow has new rows, or has ended

    const FollowedStream &stream() const { return m_stream; }
    qsizetype count() const { return m_index.count(); } ///< rows known so far
    bool isComplete() const { return m_index.end() == m_stream.size(); }
    int percent() const; ///< of the stream that is divided into rows

    /// The bytes of a row, or the missing bytes that it stands for; 0 ≤ row < count().
    StreamPart row(StreamRow row);
    /// The row that contains the byte at this place; invalid if it is not known yet.
    StreamRow rowAt(qint64 place);
    /// The run that contains the byte at this place.
    const StreamRun &runAt(qint64 place) const { return m_stream.runs()[m_stream.runAt(place)]; }
    /// How many bytes of its sender's stream are before the byte at this place.
    qint64 offsetAt(qint64 place) const;
    QString error() const { return m_error; } ///< why bytes of a file cannot be read: a sentence, or nothing

    /// Searches for bytes (not empty) after the byte at this place, or before it if isBackward; at the end, continues
    /// from the other end. found() or notFound() follows, unless the search is cancelled. -1: from the beginning.
    void find(const QByteArray &bytes, qint64 place, bool isBackward);
    void cancelSearch();
    bool isSearching() const { return m_search.left > 0; }

signals:
    void reset();   ///< other rows
    void changed(); ///< there are more rows, or the last ones changed
    void found(qint64 place);
    void notFound();
    void searched(int percent); ///< repeatedly, while a search takes a while

private:
    struct Search {
        QByteArray bytes;
        bool isBackward = false;
        qint64 at = 0;
        qint64 left = 0; ///< bytes to look at; 0: nothing is searched
        qint64 all = 0;
    };
    using Rows = std::shared_ptr<const std::vector<StreamPart>>; ///< of a block

    void begin();
    void indexOn();
    void searchOn();
    Rows rowsOf(size_t block);

    Errand m_indexing;
    Errand m_searching;
    const Flow *m_flow = nullptr;
    QStringList m_paths;
    std::optional<Side> m_only;
    FollowedStream m_stream;
    StreamIndex m_index;
    QCache<qint64, Rows> m_cache; ///< by the place of the block
    Search m_search;
    QString m_error;
};
