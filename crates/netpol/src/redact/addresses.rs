//! Other addresses, in which the same blocks hold the same addresses.
//!
//! Blocks form a tree: each is in the smallest that holds it. The tree is laid out anew, every block
//! just large enough, so that neither an address nor the length of a prefix is kept. Only the block of
//! all addresses stays.
//!
//! Pods of which no manifest says the address get one from their names, in [`DERIVED`]. The new tree
//! has that block, too, and stands around it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use netpol_sort::{Gather, Sort};

/// Where addresses that are derived from names lie, see [`netpol_eval::stable_address`].
const DERIVED: Block = Block { first: 0x0A80_0000, bits: Reverse(23) };
/// A local block of IPv6, `fd00::`.
const LOCAL: Block = Block { first: 0xFD00 << 112, bits: Reverse(112) };

/// How many bits an address has, and at which of them there is room to move all addresses.
const FAMILIES: [(u32, u32); 2] = [(32, 16), (128, 96)];

/// What addresses and blocks become.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// IPv4, IPv6.
    families: [Family; 2],
}

/// The addresses of one family. Numbers are wide enough for both.
#[derive(Debug, Default)]
struct Family {
    points: BTreeSet<u128>,
    blocks: BTreeSet<Block>,
    new_points: BTreeMap<u128, u128>,
    new_blocks: BTreeMap<Block, Block>,
}

/// A block of addresses. Sorted, each stands before those that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Block {
    first: u128,
    /// How many bits vary.
    bits: Reverse<u32>,
}

/// The smallest of the known blocks around an address; none: all addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell(Option<Block>);

impl Block {
    fn holds(self, point: u128) -> bool {
        (self.first ^ point) >> self.bits.0 == 0
    }
}

impl Addresses {
    /// What becomes of an address; itself before [`Self::lay_out`].
    pub(super) fn point(&mut self, address: IpAddr) -> IpAddr {
        let (family, point) = split(address);
        let known = &mut self.families[family];
        known.points.insert(point);
        join(family, known.new_points.get(&point).copied().unwrap_or(point))
    }

    /// What becomes of a block; itself before [`Self::lay_out`].
    pub(super) fn block(&mut self, block: IpNet) -> IpNet {
        let (family, first) = split(block.network());
        let (width, _) = FAMILIES[family];
        let bits = width.saturating_sub(block.prefix_len().into());
        let (address, bits) = match bits {
            0 => (self.point(block.network()), 0),
            _ if bits == width => return block,
            _ => {
                let known = &mut self.families[family];
                let block = Block { first, bits: Reverse(bits) };
                known.blocks.insert(block);
                let block = known.new_blocks.get(&block).copied().unwrap_or(block);
                (join(family, block.first), block.bits.0)
            }
        };
        let prefix_len = u8::try_from(width - bits).unwrap_or_default();
        IpNet::new(address, prefix_len).unwrap_or(block)
    }

    /// The smallest block that holds an address: with it, all that hold it are known.
    pub(super) fn cell(&self, address: IpAddr) -> Cell {
        let (family, point) = split(address);
        let blocks = self.families[family].blocks.iter();
        Cell(blocks.rev().find(|block| block.holds(point)).copied())
    }

    /// Decides what becomes of all that were asked for. The addresses that names give are in a cell.
    pub(super) fn lay_out(&mut self, derived: Cell) {
        let [four, six] = &mut self.families;
        four.lay_out(0, Some(derived));
        six.lay_out(1, None);
    }
}

fn split(address: IpAddr) -> (usize, u128) {
    match address {
        IpAddr::V4(address) => (0, u32::from(address).into()),
        IpAddr::V6(address) => (1, address.into()),
    }
}

fn join(family: usize, point: u128) -> IpAddr {
    match family {
        0 => Ipv4Addr::from(u32::try_from(point).unwrap_or_default()).into(),
        _ => Ipv6Addr::from(point).into(),
    }
}

impl Family {
    fn lay_out(&mut self, family: usize, derived: Option<Cell>) {
        let (width, free) = FAMILIES[family];
        let blocks: Vec<Block> = self.blocks.iter().copied().collect();
        let mut tree = Tree::new(&blocks, &self.points, derived);
        if tree.bits[blocks.len()] > width {
            // More than eight blocks around what names give: nobody has that many.
            tree = Tree::new(&blocks, &self.points, None);
        }
        let base = match tree.derived {
            Some(at) => at ^ DERIVED.first,
            None if tree.bits[blocks.len()] <= free => [DERIVED.first, LOCAL.first][family],
            None => 0,
        };
        // Combining all with the same bits keeps blocks together. Nobody should take a new address
        // for an old one, so that other bits are tried while one of them is.
        for shift in 0x40_u128..0x80 {
            let key = base ^ (shift << free);
            self.new_points = tree.points.iter().map(|(old, new)| (*old, new ^ key)).gather();
            let new_block = |(block, (start, bits)): (&Block, (&u128, &u32))| {
                (*block, Block { first: (start ^ key) >> bits << bits, bits: Reverse(*bits) })
            };
            let places = tree.starts.iter().zip(&tree.bits);
            self.new_blocks = blocks.iter().zip(places).map(new_block).gather();
            let is_old = |block: &&Block| {
                self.blocks.contains(block) && !(family == 0 && block.holds(DERIVED.first))
            };
            if self.new_points.values().all(|new| !self.points.contains(new))
                && !self.new_blocks.values().any(|block| is_old(&block))
            {
                return;
            }
        }
    }
}

/// What has a place in a block.
#[derive(Clone, Copy, Debug)]
enum Child {
    Block(usize),
    Point(u128),
    /// [`DERIVED`]
    Derived,
}

/// A new layout. The last block is that of all addresses.
#[derive(Debug)]
struct Tree {
    /// How many bits vary in each block.
    bits: Vec<u32>,
    /// Where each block starts.
    starts: Vec<u128>,
    /// Where each address is.
    points: BTreeMap<u128, u128>,
    /// Where [`DERIVED`] is.
    derived: Option<u128>,
}

impl Tree {
    fn new(blocks: &[Block], points: &BTreeSet<u128>, derived: Option<Cell>) -> Self {
        let root = blocks.len();
        let mut children = children(blocks, points);
        if let Some(Cell(derived)) = derived {
            let holder = derived.and_then(|block| blocks.binary_search(&block).ok());
            children[holder.unwrap_or(root)].push(Child::Derived);
        }
        let mut tree = Self {
            bits: vec![0; blocks.len() + 1],
            starts: vec![0; blocks.len() + 1],
            points: BTreeMap::new(),
            derived: None,
        };
        // Blocks stand behind those that hold them.
        for index in (0..root).rev().chain([root]) {
            tree.bits[index] = tree.room(&children[index]);
        }
        for index in [root].into_iter().chain(0..root) {
            tree.place(index, &mut children[index]);
        }
        tree
    }

    fn bits_of(&self, child: Child) -> u32 {
        match child {
            Child::Block(index) => self.bits[index],
            Child::Point(_) => 0,
            Child::Derived => DERIVED.bits.0,
        }
    }

    /// How many bits there must be for different blocks to stay different.
    fn room(&self, children: &[Child]) -> u32 {
        let size = |child: &Child| 1_u128.checked_shl(self.bits_of(*child)).unwrap_or(u128::MAX);
        match children {
            [] => 1,
            [only] => self.bits_of(*only) + 1,
            all => {
                let sum = all.iter().fold(0_u128, |sum, it| sum.saturating_add(size(it)));
                u128::BITS - (sum - 1).leading_zeros()
            }
        }
    }

    /// Places what is in a block side by side: the largest first, so that each is aligned.
    fn place(&mut self, index: usize, children: &mut [Child]) {
        children.arrange_by_key(|child| Reverse(self.bits_of(*child)));
        let mut next = self.starts[index];
        for child in children {
            match *child {
                Child::Block(block) => self.starts[block] = next,
                Child::Point(point) => {
                    self.points.insert(point, next);
                }
                Child::Derived => self.derived = Some(next),
            }
            let size = 1_u128.checked_shl(self.bits_of(*child)).unwrap_or_default();
            next = next.wrapping_add(size);
        }
    }
}

/// What is in each block and in none that it holds.
fn children(blocks: &[Block], points: &BTreeSet<u128>) -> Vec<Vec<Child>> {
    let mut children = vec![Vec::new(); blocks.len() + 1];
    let mut open: Vec<usize> = Vec::new();
    let holder = |open: &mut Vec<usize>, at: u128| {
        while open.last().is_some_and(|block| !blocks[*block].holds(at)) {
            open.pop();
        }
        open.last().copied().unwrap_or(blocks.len())
    };
    let mut rest = points.iter().copied().peekable();
    for (index, block) in blocks.iter().enumerate() {
        while let Some(point) = rest.next_if(|point| *point < block.first) {
            children[holder(&mut open, point)].push(Child::Point(point));
        }
        children[holder(&mut open, block.first)].push(Child::Block(index));
        open.push(index);
    }
    for point in rest {
        children[holder(&mut open, point)].push(Child::Point(point));
    }
    children
}
