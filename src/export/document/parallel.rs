//! Nodes put into bytes on all processors and handed on in reading order, a few hundred at a time.

use super::{Document, NodeEntry};
use crate::export::format::ExportError;
use crate::plan::NodeId;

/// Nodes that a processor takes at once.
const BLOCK_NODES: usize = 128;

impl<'p> Document<'p> {
    /// Renders each node, on all processors, and hands the bytes of one node after the other to `take`, in
    /// reading order. What is rendered and not taken yet stays bounded whatever the plan's size.
    ///
    /// # Errors
    /// Those of `render` and `take`; the first ends it.
    pub fn each(
        &self,
        render: impl Fn(&NodeEntry<'p>, &mut Vec<u8>) -> Result<(), ExportError> + Sync,
        take: impl FnMut(&[u8]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        self.each_id(|id, bytes| render(&self.scene.entry(id), bytes), take)
    }

    /// The same by id, for what needs nothing that is worked out.
    ///
    /// # Errors
    /// Those of `render` and `take`; the first ends it.
    pub fn each_id(
        &self,
        render: impl Fn(NodeId, &mut Vec<u8>) -> Result<(), ExportError> + Sync,
        mut take: impl FnMut(&[u8]) -> Result<(), ExportError>,
    ) -> Result<(), ExportError> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        let block = |ids: &[NodeId]| -> Result<RenderedBatch, ExportError> {
            let mut block = RenderedBatch::default();
            for id in ids {
                render(*id, &mut block.bytes)?;
                block.ends.push(block.bytes.len());
            }
            Ok(block)
        };
        let mut ids = self.ids();
        loop {
            let round: Vec<NodeId> = ids.by_ref().take(BLOCK_NODES * workers).collect();
            let mut parts = round.chunks(BLOCK_NODES);
            let Some(first) = parts.next() else { return Ok(()) };
            let block = &block;
            std::thread::scope(|scope| {
                let others: Vec<_> = parts.map(|ids| scope.spawn(move || block(ids))).collect();
                block(first)?.give(&mut take)?;
                for other in others {
                    let other = other.join().map_err(|_| std::io::Error::other("a worker ended early"))?;
                    other?.give(&mut take)?;
                }
                Ok::<(), ExportError>(())
            })?;
        }
    }
}

/// Some nodes in bytes.
#[derive(Default)]
struct RenderedBatch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl RenderedBatch {
    fn give(&self, take: &mut impl FnMut(&[u8]) -> Result<(), ExportError>) -> Result<(), ExportError> {
        let mut from = 0;
        for end in &self.ends {
            take(&self.bytes[from..*end])?;
            from = *end;
        }
        Ok(())
    }
}
